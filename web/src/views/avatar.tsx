/**
 * Initials in a circle whose hue follows the person, so that the same person looks the same everywhere. The style draws
 * them: they are a picture of a name that stands beside them or in a label, and nobody says them to press a button.
 */

function hueOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 100_003;
  // The golden angle keeps ids that differ little apart in colour.
  return Math.round((sum * 137.508) % 360);
}

interface AvatarProps {
  id: string;
  initials: string;
  size?: "small" | "normal" | "large";
}

export function Avatar({ id, initials, size = "normal" }: AvatarProps) {
  return (
    <span class={`avatar ${size}`} style={{ "--hue": String(hueOf(id)) }} data-initials={initials} aria-hidden="true" />
  );
}
