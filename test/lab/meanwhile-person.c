/* A person on Debian's libmeanwhile, an independent client: signs on, says what it is told to, offers a file, tells
   what it sees, a line each. Usage: PORT USER PASSWORD PEER TEXT HTML FILENAME SIZE; TEXT "" only listens. */
#include <arpa/inet.h>
#include <glib.h>
#include <mw_cipher.h>
#include <mw_common.h>
#include <mw_service.h>
#include <mw_session.h>
#include <mw_srvc_ft.h>
#include <mw_srvc_im.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int sock = -1;
static char **args;
static struct mwServiceIm *im;
static struct mwServiceFileTransfer *files;

static int io_write(struct mwSession *s, const guchar *buf, gsize len) {
  return write(sock, buf, len) == (ssize_t)len ? 0 : 1;
}

static void io_close(struct mwSession *s) {
  puts("CLOSED");
  exit(0);
}

static void offer(void) {
  struct mwIdBlock who = {args[4], NULL};
  struct mwFileTransfer *ft = mwFileTransfer_new(files, &who, "see this", args[7], atoi(args[8]));
  mwFileTransfer_offer(ft);
}

static void on_state(struct mwSession *s, enum mwSessionState state, gpointer info) {
  if (state == mwSession_STARTED) {
    struct mwUserStatus status = {mwStatus_ACTIVE, 0, NULL};
    struct mwIdBlock who = {args[4], NULL};
    puts("ONLINE");
    mwSession_setUserStatus(s, &status);
    if (args[5][0] == 0) return;
    mwConversation_open(mwServiceIm_getConversation(im, &who));
  } else if (state == mwSession_LOGIN_REDIR) {
    puts("REDIRECTED");
    mwSession_forceLogin(s);
  } else if (state == mwSession_STOPPING) {
    printf("STOPPING %x\n", GPOINTER_TO_UINT(info));
  }
}

static void on_opened(struct mwConversation *c) {
  printf("OPENED %d\n", mwConversation_supports(c, mwImSend_HTML));
  if (args[5][0] == 0) return;
  mwConversation_send(c, mwImSend_TYPING, GINT_TO_POINTER(TRUE));
  mwConversation_send(c, mwImSend_PLAIN, args[5]);
  mwConversation_send(c, mwImSend_HTML, args[6]);
  offer();
}

static void on_closed(struct mwConversation *c, guint32 err) { printf("CONVERSATION %x\n", err); }

static void on_recv(struct mwConversation *c, enum mwImSendType type, gconstpointer msg) {
  if (type == mwImSend_PLAIN) printf("SAID %s %s\n", mwConversation_getTarget(c)->user, (const char *)msg);
}

static void ft_chunk(struct mwFileTransfer *ft) {
  static char chunk[4096];
  struct mwOpaque data;
  guint32 left = mwFileTransfer_getRemaining(ft);
  memset(chunk, 'M', sizeof chunk);
  data.data = (guchar *)chunk;
  data.len = left < sizeof chunk ? left : sizeof chunk;
  if (data.len > 0) mwFileTransfer_send(ft, &data);
}

static void ft_closed(struct mwFileTransfer *ft, guint32 code) {
  printf("FILE %x %u\n", code, mwFileTransfer_getRemaining(ft));
}

static void ft_offered(struct mwFileTransfer *ft) {}
static void ft_recv(struct mwFileTransfer *ft, struct mwOpaque *data) {}

int main(int argc, char **argv) {
  static struct mwSessionHandler handler = {.io_write = io_write, .io_close = io_close, .on_stateChange = on_state};
  static struct mwImHandler talk = {
      .conversation_opened = on_opened, .conversation_closed = on_closed, .conversation_recv = on_recv};
  static struct mwFileTransferHandler transfer = {
      .ft_offered = ft_offered, .ft_opened = ft_chunk, .ft_closed = ft_closed, .ft_recv = ft_recv, .ft_ack = ft_chunk};
  struct sockaddr_in to = {.sin_family = AF_INET};
  struct mwSession *session;
  guchar buf[8192];
  ssize_t got;
  if (argc != 9) return 2;
  args = argv;
  setvbuf(stdout, NULL, _IOLBF, 0);
  sock = socket(AF_INET, SOCK_STREAM, 0);
  to.sin_port = htons(atoi(argv[1]));
  inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
  if (connect(sock, (struct sockaddr *)&to, sizeof to) != 0) return 1;
  session = mwSession_new(&handler);
  mwSession_setProperty(session, mwSession_AUTH_USER_ID, argv[2], NULL);
  mwSession_setProperty(session, mwSession_AUTH_PASSWORD, argv[3], NULL);
  mwSession_addCipher(session, mwCipher_new_RC2_40(session));
  mwSession_addCipher(session, mwCipher_new_RC2_128(session));
  im = mwServiceIm_new(session, &talk);
  mwServiceIm_setClientType(im, mwImClient_NOTESBUDDY);
  files = mwServiceFileTransfer_new(session, &transfer);
  mwSession_addService(session, MW_SERVICE(im));
  mwSession_addService(session, MW_SERVICE(files));
  mwSession_start(session);
  while ((got = read(sock, buf, sizeof buf)) > 0) mwSession_recv(session, buf, got);
  puts("GONE");
  return 0;
}
