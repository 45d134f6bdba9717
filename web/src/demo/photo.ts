/** What the demo's phone takes pictures of: an arm with a made-up rash, drawn here. */

const WIDTH = 640;
const HEIGHT = 480;

/** A JPEG in base64. */
export function photo(): string {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  if (pen) draw(pen);
  return canvas.toDataURL("image/jpeg", 0.85).split(",")[1] ?? "";
}

function draw(pen: CanvasRenderingContext2D): void {
  pen.fillStyle = "#7fa7b5";
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.strokeStyle = "#d9a98a";
  pen.lineWidth = 210;
  pen.lineCap = "round";
  pen.beginPath();
  pen.moveTo(-60, 330);
  pen.lineTo(700, 200);
  pen.stroke();
  pen.fillStyle = "rgb(196 84 74 / 70%)";
  for (let at = 0; at < 14; at += 1) {
    pen.beginPath();
    pen.arc(210 + ((at * 53) % 210), 205 + ((at * 37) % 130), 6 + (at % 4) * 4, 0, 7);
    pen.fill();
  }
}
