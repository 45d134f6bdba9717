/** Somebody's words with their line breaks; web addresses become links that tell the other site nothing. */

const ADDRESS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'])/;

export function Text({ body }: { body: string }) {
  return (
    <p dir="auto">
      {body.split(ADDRESS).map((part, at) =>
        at % 2 === 1 ? (
          <a key={`${at} ${part}`} href={part} target="_blank" rel="noopener noreferrer">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  );
}
