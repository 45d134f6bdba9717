/*
 * wsload: opens N websockets, publishes, and counts exactly what arrives where.
 *
 * One thread, epoll, libc only; loopback addresses only. Every published item has a sequence number, which is found in
 * the frames behind a marker; several may share one frame. One bit per (item, socket) makes missing and duplicate
 * deliveries exact. Usage: README.md. Phases are told on stdout ("connected", "measuring", "measured"), then one JSON line.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

typedef uint64_t u64;
typedef uint8_t u8;

enum { CONNECTING, SHAKING, GREETING, READY, DEAD };
enum { SOCKET, POSTER };
enum { BY_MEMBER, BY_HTTP, BY_PIPE };
#define RECEIVE (1 << 18)
#define GIVE_UP_NS 20000000000ull
#define LATE_NS 60000000000ull

typedef struct { u8 *at; size_t size, room; } bytes;
typedef struct { int fd, index, kind, state, busy, wants_write; bytes in, out; u64 began, intended; } conn;
typedef struct { char host[64], path[1024]; int port; struct sockaddr_in at; } address;
typedef struct { u64 ts; uint32_t got; u8 done, measured; } item;

static struct {
  int sockets, way, pipe_fd, window, posters, pad, at_once;
  double rate, seconds, warm_up;
  u64 base;
  char *url, *hello, *live, *marker, *body, *post_url, *tokens;
  char *headers[16], *post_headers[16];
  int header_count, post_header_count;
} ask = {.sockets = 100, .way = BY_MEMBER, .window = 8, .posters = 16, .at_once = 64, .seconds = 3, .warm_up = 1, .marker = "seq="};

static address target, post_target;
static conn *sockets, *posters;
static int poll_fd, phase;
static char **tokens;
static int token_count;
static u64 opened, ready, failed, died;
static item *items;
static u8 *seen;
static size_t seen_size;
static u64 item_room, sent, low, outstanding, deliveries, duplicates, unknown, others, frames, bytes_in, late, posted, refused, last_at;
static u64 queued[1 << 16], queue_head, queue_tail;
static char *pad;

static u64 now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (u64)t.tv_sec * 1000000000ull + (u64)t.tv_nsec;
}

static void die(const char *format, ...) {
  va_list list;
  va_start(list, format);
  fprintf(stderr, "wsload: ");
  vfprintf(stderr, format, list);
  fprintf(stderr, "\n");
  exit(2);
}

/* -- a log-linear histogram: 64 steps per octave, so a value is within 1.6 % ---------------------------------------- */

typedef struct { u64 count[4096], n, most; } histogram;
static histogram handshakes, latency, last_member, answers;

static void note(histogram *h, u64 value) {
  int index = (int)value;
  if (value >= 64) {
    int octave = 63 - __builtin_clzll(value);
    index = (octave - 5) * 64 + (int)((value >> (octave - 6)) & 63);
  }
  h->count[index]++;
  h->n++;
  if (value > h->most) h->most = value;
}

static double quantile_ms(const histogram *h, double part) {
  u64 wanted = (u64)(part * (double)h->n), passed = 0;
  for (int i = 0; i < 4096 && h->n; i++) {
    passed += h->count[i];
    if (passed <= wanted) continue;
    u64 value = i < 64 ? (u64)i : (1ull << (i / 64 + 5)) + ((u64)(i % 64) << (i / 64 - 1));
    return (double)(value > h->most ? h->most : value) / 1e6;
  }
  return (double)h->most / 1e6;
}

static void tell(const char *name, const histogram *h) {
  printf("\"%s\":{\"n\":%llu,\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f},", name, (unsigned long long)h->n,
         quantile_ms(h, .5), quantile_ms(h, .99), (double)h->most / 1e6);
}

/* -- templates: {i} socket, {token} its line of --tokens, {seq} ten digits, {pad} filler ---------------------------- */

static size_t fill(char *to, size_t room, const char *template, int index, u64 seq) {
  size_t n = 0;
  for (const char *c = template; *c;) {
    const char *word = NULL;
    char number[24];
    if (!strncmp(c, "{i}", 3)) { snprintf(number, sizeof number, "%d", index); word = number; c += 3; }
    else if (!strncmp(c, "{seq}", 5)) { snprintf(number, sizeof number, "%010llu", (unsigned long long)seq); word = number; c += 5; }
    else if (!strncmp(c, "{pad}", 5)) { word = pad; c += 5; }
    else if (!strncmp(c, "{token}", 7)) { if (!token_count) die("no --tokens"); word = tokens[index % token_count]; c += 7; }
    size_t size = word ? strlen(word) : 1;
    if (n + size + 1 > room) die("a template is too long");
    memcpy(to + n, word ? word : c++, size);
    n += size;
  }
  to[n] = 0;
  return n;
}

static void read_tokens(const char *path) {
  FILE *file = fopen(path, "r");
  char line[512];
  if (!file) die("cannot read the tokens");
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\r\n")] = 0;
    tokens = realloc(tokens, (size_t)(token_count + 1) * sizeof *tokens);
    tokens[token_count++] = strdup(line);
  }
  fclose(file);
}

static address parse(const char *url) {
  address a = {.port = 80};
  const char *p = strstr(url, "://");
  p = p ? p + 3 : url;
  size_t host = strcspn(p, ":/");
  if (host >= sizeof a.host) die("bad address");
  memcpy(a.host, p, host);
  p += host;
  if (*p == ':') a.port = (int)strtol(p + 1, (char **)&p, 10);
  snprintf(a.path, sizeof a.path, "%s", *p ? p : "/");
  a.at.sin_family = AF_INET;
  a.at.sin_port = htons((uint16_t)a.port);
  if (!inet_aton(a.host, &a.at.sin_addr) || ntohl(a.at.sin_addr.s_addr) >> 24 != 127) die("only 127.x.x.x is measured");
  return a;
}

/* -- connections ---------------------------------------------------------------------------------------------------- */

static void keep(bytes *b, const void *data, size_t size) {
  if (b->size + size > b->room) { b->room = (b->size + size) * 2; b->at = realloc(b->at, b->room); }
  memcpy(b->at + b->size, data, size);
  b->size += size;
}

static void end(conn *c, const char *why) {
  if (c->state == DEAD) return;
  if (c->kind == SOCKET) {
    if (c->state == READY) died++; else failed++;
    if (died + failed <= 3) fprintf(stderr, "wsload: socket %d in state %d: %s\n", c->index, c->state, why);
  }
  if (c->fd >= 0) close(c->fd);
  c->fd = -1;
  c->state = DEAD;
}

static void watch(conn *c, int wants_write) {
  if (c->wants_write == wants_write) return;
  struct epoll_event event = {.events = EPOLLIN | (wants_write ? EPOLLOUT : 0), .data.ptr = c};
  epoll_ctl(poll_fd, EPOLL_CTL_MOD, c->fd, &event);
  c->wants_write = wants_write;
}

static void flush_out(conn *c) {
  while (c->out.size) {
    ssize_t k = send(c->fd, c->out.at, c->out.size, MSG_NOSIGNAL);
    if (k < 0 && errno == EAGAIN) { watch(c, 1); return; }
    if (k < 0) { end(c, strerror(errno)); return; }
    memmove(c->out.at, c->out.at + k, c->out.size - (size_t)k);
    c->out.size -= (size_t)k;
  }
  watch(c, 0);
}

static void put(conn *c, const void *data, size_t size) {
  if (c->state == DEAD) return;
  keep(&c->out, data, size);
  flush_out(c);
}

static void open_conn(conn *c, int index, int kind, address *to) {
  int one = 1;
  *c = (conn){.index = index, .kind = kind, .state = CONNECTING, .wants_write = 1, .began = now_ns()};
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (c->fd < 0) die("socket: %s", strerror(errno));
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(c->fd, (void *)&to->at, sizeof to->at) && errno != EINPROGRESS) { end(c, strerror(errno)); return; }
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = c};
  epoll_ctl(poll_fd, EPOLL_CTL_ADD, c->fd, &event);
}

static void shake(conn *c) {
  char request[8192], line[1024];
  fill(line, sizeof line, target.path, c->index, 0);
  int n = snprintf(request, sizeof request,
                   "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n",
                   line, target.host, target.port);
  for (int i = 0; i < ask.header_count; i++) {
    fill(line, sizeof line, ask.headers[i], c->index, 0);
    n += snprintf(request + n, sizeof request - (size_t)n, "%s\r\n", line);
  }
  n += snprintf(request + n, sizeof request - (size_t)n, "\r\n");
  c->state = SHAKING;
  put(c, request, (size_t)n);
}

static void say(conn *c, int opcode, const u8 *text, size_t size) {
  static u8 frame[1 << 17];
  static const u8 mask[4] = {0x37, 0xfa, 0x21, 0x3d};
  size_t h = 0;
  if (size + 14 > sizeof frame) die("a frame is too long");
  frame[h++] = (u8)(0x80 | opcode);
  if (size < 126) frame[h++] = (u8)(0x80 | size);
  else if (size < 65536) { frame[h++] = 0xfe; frame[h++] = (u8)(size >> 8); frame[h++] = (u8)size; }
  else { frame[h++] = 0xff; for (int i = 7; i >= 0; i--) frame[h++] = (u8)((u64)size >> (8 * i)); }
  memcpy(frame + h, mask, 4);
  h += 4;
  for (size_t i = 0; i < size; i++) frame[h + i] = text[i] ^ mask[i & 3];
  put(c, frame, h + size);
}

/* -- what arrives --------------------------------------------------------------------------------------------------- */

static void delivered(conn *c, u64 seq, u64 now) {
  if (seq >= sent) { unknown++; return; }
  u8 *place = seen + seq * seen_size + (size_t)c->index / 8, bit = (u8)(1u << (c->index % 8));
  if (*place & bit) { duplicates++; return; }
  *place |= bit;
  item *it = &items[seq];
  deliveries++;
  last_at = now;
  it->got++;
  if (it->measured) note(&latency, now - it->ts);
  if (it->got < ready) return;
  if (it->measured) note(&last_member, now - it->ts);
  if (!it->done) { it->done = 1; outstanding--; }
}

static void look(conn *c, const u8 *text, size_t size, u64 now) {
  size_t marker = strlen(ask.marker);
  const u8 *end_of = text + size, *at = text;
  int found = 0;
  while ((at = memmem(at, (size_t)(end_of - at), ask.marker, marker))) {
    u64 number = 0;
    for (at += marker; at < end_of && isdigit(*at); at++) number = number * 10 + (u64)(*at - '0');
    delivered(c, number - ask.base, now);
    found = 1;
  }
  others += !found;
}

static void greet(conn *c) {
  char text[1024];
  if (ask.hello) say(c, 1, (u8 *)text, fill(text, sizeof text, ask.hello, c->index, 0));
  c->state = GREETING;
  if (ask.live) return;
  c->state = READY;
  ready++;
  note(&handshakes, now_ns() - c->began);
}

static void on_frame(conn *c, int opcode, const u8 *text, size_t size, u64 now) {
  if (opcode == 9) { say(c, 10, text, size); return; }
  if (opcode == 8) { end(c, size > 1 ? (text[0] << 8 | text[1]) == 4429 ? "closed with 4429" : "closed" : "closed"); return; }
  if (opcode == 10) return;
  frames++;
  if (c->state == READY) { look(c, text, size, now); return; }
  if (!memmem(text, size, ask.live, strlen(ask.live))) return;
  c->state = READY;
  ready++;
  note(&handshakes, now - c->began);
}

static size_t parse_frames(conn *c, const u8 *p, size_t n, u64 now) {
  size_t o = 0;
  while (n - o >= 2 && c->state != DEAD) {
    const u8 *f = p + o;
    size_t head = 2;
    u64 size = f[1] & 127;
    if (size == 126) { head = 4; if (n - o < head) break; size = (u64)f[2] << 8 | f[3]; }
    else if (size == 127) { head = 10; if (n - o < head) break; size = 0; for (int i = 2; i < 10; i++) size = size << 8 | f[i]; }
    if (n - o < head + size) break;
    on_frame(c, f[0] & 15, f + head, (size_t)size, now);
    o += head + (size_t)size;
  }
  return o;
}

static size_t parse_upgrade(conn *c, const u8 *p, size_t n) {
  const u8 *close_of = memmem(p, n, "\r\n\r\n", 4);
  if (!close_of) return 0;
  if (memcmp(p + 9, "101", 3)) { end(c, "the handshake was refused"); return n; }
  greet(c);
  return (size_t)(close_of - p) + 4;
}

/* -- publishing ----------------------------------------------------------------------------------------------------- */

static u64 next_item(u64 intended) {
  if (sent == item_room) {
    u64 more = item_room ? item_room * 2 : 4096;
    items = realloc(items, more * sizeof *items);
    seen = realloc(seen, more * seen_size);
    if (!items || !seen) die("out of memory");
    memset(seen + item_room * seen_size, 0, (more - item_room) * seen_size);
    item_room = more;
  }
  items[sent] = (item){.ts = intended, .measured = phase == 2};
  outstanding++;
  return sent++;
}

static void post(conn *c, u64 intended) {
  static char body[1 << 16], request[1 << 17], line[1024];
  u64 seq = next_item(intended);
  size_t size = fill(body, sizeof body, ask.body, c->index, seq);
  int n = snprintf(request, sizeof request, "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n",
                   post_target.path, post_target.host, post_target.port, size);
  for (int i = 0; i < ask.post_header_count; i++) {
    fill(line, sizeof line, ask.post_headers[i], c->index, seq);
    n += snprintf(request + n, sizeof request - (size_t)n, "%s\r\n", line);
  }
  n += snprintf(request + n, sizeof request - (size_t)n, "\r\n");
  c->busy = 1;
  c->intended = intended;
  put(c, request, (size_t)n);
  put(c, body, size);
}

static void publish(u64 intended) {
  static char text[1 << 16];
  if (ask.way == BY_HTTP) {
    for (int i = 0; i < ask.posters; i++)
      if (posters[i].state == READY && !posters[i].busy) { post(&posters[i], intended); return; }
    queued[queue_tail++ & 0xffff] = intended;
    return;
  }
  u64 seq = next_item(intended);
  if (ask.way == BY_MEMBER) { say(&sockets[0], 1, (u8 *)text, fill(text, sizeof text, ask.body, 0, seq)); return; }
  int n = snprintf(text, sizeof text, "%llu\n", (unsigned long long)seq);
  if (write(ask.pipe_fd, text, (size_t)n) != n) die("the publisher is gone");
}

static size_t parse_answers(conn *c, const u8 *p, size_t n) {
  size_t o = 0;
  while (o < n) {
    const u8 *f = p + o, *close_of = memmem(f, n - o, "\r\n\r\n", 4);
    if (!close_of) break;
    size_t head = (size_t)(close_of - f) + 4, size = 0;
    int in_chunks = 0;
    for (const u8 *l = f; l < close_of; l = (const u8 *)memchr(l, '\n', (size_t)(f + head - l)) + 1) {
      if (!strncasecmp((const char *)l, "content-length:", 15)) size = (size_t)atol((const char *)l + 15);
      in_chunks |= !strncasecmp((const char *)l, "transfer-encoding: chunked", 26);
    }
    if (in_chunks) {
      const u8 *last = memmem(f + head - 2, n - o - head + 2, "\r\n0\r\n\r\n", 7);
      if (!last) break;
      size = (size_t)(last - (f + head)) + 7;
    }
    if (n - o < head + size) break;
    if (f[9] == '2') { posted++; if (phase >= 2) note(&answers, now_ns() - c->intended); }
    else if (!refused++) fprintf(stderr, "wsload: POST was answered %.*s\n", (int)(head + size), (const char *)f);
    o += head + size;
    c->busy = 0;
    if (queue_head != queue_tail) post(c, queued[queue_head++ & 0xffff]);
  }
  return o;
}

/* -- the loop ------------------------------------------------------------------------------------------------------- */

static void on_connected(conn *c) {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error) { end(c, strerror(error)); return; }
  watch(c, 0);
  if (c->kind == POSTER) c->state = READY; else shake(c);
}

static void on_event(conn *c, uint32_t events) {
  static u8 buffer[RECEIVE * 8];
  if (c->state == DEAD) return;
  if (c->state == CONNECTING) { if (events & (EPOLLOUT | EPOLLERR)) on_connected(c); return; }
  if (events & EPOLLOUT) flush_out(c);
  if (c->state == DEAD || !(events & (EPOLLIN | EPOLLHUP | EPOLLERR))) return;
  size_t n = c->in.size, used = 0;
  if (n > sizeof buffer - RECEIVE) die("a frame is too long");
  if (n) memcpy(buffer, c->in.at, n);
  ssize_t k = recv(c->fd, buffer + n, RECEIVE, 0);
  if (k < 0 && errno == EAGAIN) return;
  if (k <= 0) { end(c, k ? strerror(errno) : "the server closed"); return; }
  u64 now = now_ns();
  if (c->kind == SOCKET) bytes_in += (u64)k;
  n += (size_t)k;
  if (c->kind == POSTER) used = parse_answers(c, buffer, n);
  else if (c->state == SHAKING) used = parse_upgrade(c, buffer, n);
  if (c->kind == SOCKET && c->state >= GREETING) used += parse_frames(c, buffer + used, n - used, now);
  c->in.size = 0;
  if (c->state != DEAD && used < n) keep(&c->in, buffer + used, n - used);
}

static void pump(int ms) {
  static struct epoll_event events[1024];
  int n = epoll_wait(poll_fd, events, 1024, ms);
  for (int i = 0; i < n; i++) on_event(events[i].data.ptr, events[i].events);
}

static double connect_all(void) {
  u64 began = now_ns();
  while (ready + failed < (u64)ask.sockets && now_ns() - began < 60000000000ull) {
    while (opened < (u64)ask.sockets && opened - ready - failed < (u64)ask.at_once) {
      open_conn(&sockets[opened], (int)opened, SOCKET, &target);
      opened++;
    }
    pump(20);
  }
  double took = (double)(now_ns() - began) / 1e9;
  posters = calloc((size_t)ask.posters, sizeof *posters);
  for (int i = 0; ask.way == BY_HTTP && i < ask.posters; i++) open_conn(&posters[i], i, POSTER, &post_target);
  for (u64 until = now_ns() + 500000000ull; now_ns() < until;) pump(10);
  return took;
}

static void give_up_on_lost(u64 now) {
  while (low < sent && (items[low].done || now > items[low].ts + LATE_NS)) {
    if (!items[low].done) { items[low].done = 1; outstanding--; late++; }
    low++;
  }
}

static void enter(int next, const char *word) {
  phase = next;
  puts(word);
  fflush(stdout);
}

static u64 missing(void) {
  u64 n = 0;
  for (u64 i = 0; i < sent; i++) n += items[i].got < ready ? ready - items[i].got : 0;
  return n;
}

static double self_cpu(void) {
  struct rusage r;
  getrusage(RUSAGE_SELF, &r);
  return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) + (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
}

static void measure(double connect_s) {
  u64 began = now_ns(), next = began, gap = ask.rate > 0 ? (u64)(1e9 / ask.rate) : 0, warm = began + (u64)(ask.warm_up * 1e9);
  u64 until = warm + (u64)(ask.seconds * 1e9), stopped = 0, first = 0, sent_before = 0, frames_before = 0, bytes_before = 0;
  double window = 0, cpu = 0;
  u64 in_window = 0, sent_in = 0, frames_in = 0, bytes_in_window = 0;
  phase = 1;
  for (;;) {
    u64 now = now_ns();
    if (phase == 1 && now >= warm) {
      enter(2, "measuring");
      warm = now_ns(); cpu = self_cpu();
      first = deliveries; sent_before = sent; frames_before = frames; bytes_before = bytes_in;
    }
    if (phase == 2 && now >= until) {
      window = (double)(now - warm) / 1e9; cpu = self_cpu() - cpu; stopped = now;
      in_window = deliveries - first; sent_in = sent - sent_before; frames_in = frames - frames_before; bytes_in_window = bytes_in - bytes_before;
      enter(3, "measured");
    }
    if (phase < 3 && gap) for (; now >= next; next += gap) publish(next);
    if (phase < 3 && !gap) while (outstanding + (queue_tail - queue_head) < (u64)ask.window) publish(now_ns());
    give_up_on_lost(now);
    if (phase == 3 && ((!outstanding && queue_head == queue_tail) || now > (last_at > stopped ? last_at : stopped) + GIVE_UP_NS)) break;
    u64 wait = gap && phase < 3 && next > now ? (next - now) / 1000000 : gap && phase < 3 ? 0 : 10;
    pump(wait > 10 ? 10 : (int)wait);
  }
  for (u64 until_late = now_ns() + 300000000ull; now_ns() < until_late;) pump(10); /* duplicates come after the last */
  printf("{\"sockets\":%llu,\"failed\":%llu,\"died\":%llu,\"connect_s\":%.4f,\"window_s\":%.4f,\"published\":%llu,\"in_window\":%llu,"
         "\"deliveries_per_s\":%.1f,\"frames_per_s\":%.1f,\"bytes_per_s\":%.0f,\"missing\":%llu,\"duplicate\":%llu,\"unknown\":%llu,"
         "\"other_frames\":%llu,\"late\":%llu,\"posted\":%llu,\"refused\":%llu,",
         (unsigned long long)ready, (unsigned long long)failed, (unsigned long long)died, connect_s, window, (unsigned long long)sent,
         (unsigned long long)sent_in, (double)in_window / window, (double)frames_in / window, (double)bytes_in_window / window,
         (unsigned long long)missing(), (unsigned long long)duplicates, (unsigned long long)unknown, (unsigned long long)others,
         (unsigned long long)late, (unsigned long long)posted, (unsigned long long)refused);
  tell("handshake_ms", &handshakes);
  tell("latency_ms", &latency);
  tell("last_member_ms", &last_member);
  tell("answer_ms", &answers);
  printf("\"generator_cpu_s\":%.3f}\n", cpu);
}

static void read_options(int argc, char **argv) {
  for (int i = 1; i + 1 < argc; i += 2) {
    char *name = argv[i], *value = argv[i + 1];
#define OPTION(word) else if (!strcmp(name, "--" word))
    if (0) {}
    OPTION("url") ask.url = value;
    OPTION("sockets") ask.sockets = atoi(value);
    OPTION("header") ask.headers[ask.header_count++ & 15] = value;
    OPTION("tokens") ask.tokens = value;
    OPTION("hello") ask.hello = value;
    OPTION("live") ask.live = value;
    OPTION("marker") ask.marker = value;
    OPTION("base") ask.base = strtoull(value, NULL, 10);
    OPTION("body") ask.body = value;
    OPTION("pad") ask.pad = atoi(value);
    OPTION("post") { ask.way = BY_HTTP; ask.post_url = value; }
    OPTION("post-header") ask.post_headers[ask.post_header_count++ & 15] = value;
    OPTION("posters") ask.posters = atoi(value);
    OPTION("pipe") { ask.way = BY_PIPE; ask.pipe_fd = atoi(value); }
    OPTION("window") ask.window = atoi(value);
    OPTION("rate") ask.rate = atof(value);
    OPTION("seconds") ask.seconds = atof(value);
    OPTION("warm-up") ask.warm_up = atof(value);
    else die("unknown option %s; see README.md", name);
  }
  if (!ask.url || argc % 2 == 0) die("see README.md for the options");
}

int main(int argc, char **argv) {
  struct rlimit files;
  signal(SIGPIPE, SIG_IGN);
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  read_options(argc, argv);
  target = parse(ask.url);
  if (ask.post_url) post_target = parse(ask.post_url);
  if (ask.tokens) read_tokens(ask.tokens);
  pad = calloc(1, (size_t)ask.pad + 1);
  for (int i = 0; i < ask.pad; i++) pad[i] = "The nurse will call back about your refill this afternoon. "[i % 59];
  seen_size = ((size_t)ask.sockets + 7) / 8;
  sockets = calloc((size_t)ask.sockets, sizeof *sockets);
  poll_fd = epoll_create1(EPOLL_CLOEXEC);
  double connect_s = connect_all();
  enter(0, "connected");
  if (!ready) die("no socket came up");
  measure(connect_s);
  return failed || died ? 1 : 0;
}
