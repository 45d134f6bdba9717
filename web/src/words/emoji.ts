/** A short list of emoji that fit between a clinic and its patients, each with its name and what else one calls it. */

export interface Emoji {
  sign: string;
  name: string;
}

/** One a line: the sign, its name, and after a comma the words by which it is found too. */
const LISTED = `
🙂 slightly smiling face, smile happy
😀 grinning face, smile happy
😊 smiling face with smiling eyes, happy warm
😄 grinning face with smiling eyes, laugh
😂 face with tears of joy, laugh
😉 winking face, wink
😍 smiling face with heart-eyes, love
🤗 hugging face, hug
🤔 thinking face, think hmm
😌 relieved face, calm
😅 grinning face with sweat, phew
😔 pensive face, sad
😢 crying face, sad tear
😟 worried face, worry
😕 confused face
😴 sleeping face, sleep tired
🤒 face with thermometer, ill fever sick
🤕 face with head-bandage, hurt injury
🤧 sneezing face, cold flu
😷 face with medical mask, ill cover
👍 thumbs up, yes good okay
👎 thumbs down, no bad
👌 OK hand, okay good
👏 clapping hands, applause well done
🙏 folded hands, thanks thank you please
👋 waving hand, hello bye
💪 flexed biceps, strong
🤝 handshake, agree
🤞 crossed fingers, luck
👀 eyes, look
❤️ red heart, love
💙 blue heart, love
💚 green heart, love
🎉 party popper, congratulations celebrate
🎂 birthday cake
🌸 cherry blossom, flower
💐 bouquet, flowers
⭐ star
✨ sparkles
☀️ sun, sunny warm
❄️ snowflake, cold winter
☔ umbrella with rain drops
✅ check mark button, done yes
❌ cross mark, no
❗ exclamation mark, important
❓ question mark
⏰ alarm clock, time reminder
📅 calendar, date appointment
📍 round pushpin, place address
📞 telephone receiver, call phone
📱 mobile phone, text
📧 e-mail, mail
📎 paperclip, file attached
📝 memo, note form
📄 page facing up, document form
🏥 hospital, clinic
🚗 automobile, car drive
♿ wheelchair symbol
💊 pill, medicine tablet
💉 syringe, vaccine shot injection
🩹 adhesive bandage, plaster wound
🩺 stethoscope, doctor
🦷 tooth, dentist
👶 baby, child
☕ hot beverage, coffee tea
💧 droplet, water drink
🍎 red apple, food eat
🚭 no smoking
`;

const ALL: readonly (Emoji & { words: readonly string[] })[] = LISTED.trim()
  .split("\n")
  .map((line) => {
    const [sign = "", ...rest] = line.split(" ");
    const said = rest.join(" ");
    return { sign, name: said.split(",")[0] ?? "", words: wordsOf(said) };
  });

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
}

/** Those of which every word that was typed begins one; all where nothing was typed. */
export function found(typed: string): readonly Emoji[] {
  const asked = wordsOf(typed);
  return ALL.filter(({ words }) => asked.every((each) => words.some((word) => word.startsWith(each))));
}
