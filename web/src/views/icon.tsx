/** Our own small icons: one stroke, 24 by 24. They stand beside words, so they are hidden from screen readers. */

const PATHS = {
  alert: "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.2",
  "arrow-down": "M12 5v14M6 13l6 6 6-6",
  "arrow-up": "M12 19V5M6 11l6-6 6 6",
  back: "M15 5l-7 7 7 7",
  chat: "M4 5.5h16v11H11l-4.5 3.5v-3.5H4z",
  check: "M4.5 12.5l5 5 10-11",
  clip: "M18.5 11.5 12 18a4.200 4.200 0 0 1-6-6l7.500-7.500a2.800 2.800 0 0 1 4 4L10.200 15.800a1.400 1.400 0 0 1-2-2l6-6",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v10H9zM15 9V5H5v10h4",
  down: "M6.5 9.5l5.5 5.5 5.5-5.5",
  edit: "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19z",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.200a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6",
  file: "M6 3.500h8l4.500 4.500v12.500H6zM13.500 3.500V8.500h5",
  inbox: "M4 13.5 6.5 5h11L20 13.500V19H4zM4 13.500h5c0 1.7 1.3 3 3 3s3-1.3 3-3h5",
  keyboard: "M3 6.500h18v11H3zM7 10.200h.1M11 10.200h.1M15 10.200h.1M8 14h8",
  lock: "M6 11h12v9H6zM8.5 11V7.500a3.5 3.5 0 0 1 7 0V11",
  "lock-mail": "M3 6h18v6M3 6v12h8M3 7l9 6.500L21 7M15 17h6v4h-6zM16.3 17v-1.300a1.7 1.7 0 0 1 3.4 0V17",
  mail: "M3 6h18v12.500H3zM3.5 6.5 12 13.500l8.5-7",
  more: "M5.500 12h.1M12 12h.1M18.500 12h.1",
  next: "M9 5l7 7-7 7",
  offline: "M4 4l16 16M8.5 16.200a5 5 0 0 1 7 0M5.5 13a9 9 0 0 1 4-2.300M14.5 10.700a9 9 0 0 1 4 2.300M12 19.500v.1",
  panel: "M3.5 5h17v14h-17zM14.5 5v14",
  phone:
    "M6 3.500h3.500l1.5 4.5-2 1.500a11 11 0 0 0 5.5 5.500l1.5-2 4.5 1.500V18c0 1.4-1.1 2.5-2.5 2.500A14.5 14.5 0 0 1 3.5 6C3.5 4.6 4.6 3.5 6 3.500z",
  plus: "M12 5v14M5 12h14",
  reopen: "M4.5 12a7.5 7.5 0 1 0 2.5-5.600L4.5 8.500M4.5 4v4.500H9",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 20.5 20.5",
  send: "M4 12 20.5 4.5 15.5 20l-4-6.500zM11.5 13.5 20.5 4.5",
  team: "M9 5a3.2 3.2 0 1 0 0 6.400A3.2 3.2 0 0 0 9 5M3 19.500c0-3.3 2.7-5.5 6-5.500s6 2.2 6 5.500M16 5.500a3 3 0 0 1 0 5.600M17.5 14.300c2.1.7 3.5 2.6 3.5 5.2",
  text: "M4.500 6.500h15M4.500 11h15M4.500 15.500h15M4.500 20h9",
  unknown:
    "M9.200 9.200a2.8 2.800 0 1 1 4.200 2.400c-.9.6-1.4 1.100-1.4 2.200M12 16.800v.2M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17",
  unlock: "M6 11h12v9H6zM8.5 11V7.500a3.5 3.5 0 0 1 6.8-1.2",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
