/* A person on libpurple with an AIM and ICQ plug-in: signs on, says and sends what it is told to, tells what it sees, a line
   each. Usage: PLUGINS HOME PROTOCOL PORT USER PASSWORD PEER TEXT FILE; TEXT "" only listens, FILE "" sends none. */
#include <glib.h>
#include <purple.h>
#include <stdio.h>
#include <string.h>

static char **args;
static PurpleAccount *account;

typedef struct {
  PurpleInputFunction function;
  gpointer data;
} Watch;

static gboolean on_io(GIOChannel *source, GIOCondition condition, gpointer data) {
  Watch *watch = data;
  PurpleInputCondition seen = 0;
  if (condition & (G_IO_IN | G_IO_HUP | G_IO_ERR)) seen |= PURPLE_INPUT_READ;
  if (condition & (G_IO_OUT | G_IO_HUP | G_IO_ERR | G_IO_NVAL)) seen |= PURPLE_INPUT_WRITE;
  watch->function(watch->data, g_io_channel_unix_get_fd(source), seen);
  return TRUE;
}

static guint add_input(gint fd, PurpleInputCondition condition, PurpleInputFunction function, gpointer data) {
  Watch *watch = g_new0(Watch, 1);
  GIOCondition wanted = 0;
  GIOChannel *channel = g_io_channel_unix_new(fd);
  watch->function = function;
  watch->data = data;
  if (condition & PURPLE_INPUT_READ) wanted |= G_IO_IN | G_IO_HUP | G_IO_ERR;
  if (condition & PURPLE_INPUT_WRITE) wanted |= G_IO_OUT | G_IO_HUP | G_IO_ERR | G_IO_NVAL;
  guint id = g_io_add_watch_full(channel, G_PRIORITY_DEFAULT, wanted, on_io, watch, g_free);
  g_io_channel_unref(channel);
  return id;
}

static PurpleEventLoopUiOps loop_ops = {
  .timeout_add = g_timeout_add,
  .timeout_remove = g_source_remove,
  .input_add = add_input,
  .input_remove = g_source_remove,
  .timeout_add_seconds = g_timeout_add_seconds,
};

static void *on_authorize(PurpleAccount *a, const char *who, const char *id, const char *alias, const char *text,
                          gboolean listed, PurpleAccountRequestAuthorizationCb yes, PurpleAccountRequestAuthorizationCb no,
                          void *data) {
  printf("ASKED %s %s\n", who, text == NULL ? "" : text);
  return NULL;
}

static PurpleAccountUiOps account_ops = {.request_authorize = on_authorize};

/* Notices of the protocol: "authorisation granted" is one. */
static void *on_message(PurpleNotifyMsgType type, const char *title, const char *primary, const char *secondary) {
  printf("NOTICE %s | %s\n", primary == NULL ? "" : primary, secondary == NULL ? "" : secondary);
  return NULL;
}

static PurpleNotifyUiOps notify_ops = {.notify_message = on_message};

static void on_received(PurpleAccount *a, char *who, char *text, PurpleConversation *c, PurpleMessageFlags flags) {
  printf("SAID %s %s\n", who, text);
}

static void on_typing(PurpleAccount *a, const char *who) { printf("TYPING %s\n", who); }

static void on_buddy(PurpleBuddy *buddy) { printf("BUDDY %s\n", purple_buddy_get_name(buddy)); }

static void on_file_done(PurpleXfer *xfer, gpointer data) { puts("FILE done"); }

static void on_file_cancelled(PurpleXfer *xfer, gpointer data) { printf("FILE cancelled %s\n", (char *)data); }

static void on_error(PurpleAccount *a, PurpleConnectionError reason, const char *text) {
  printf("ERROR %d %s\n", reason, text);
}

static gboolean speak(gpointer data) {
  PurpleConnection *connection = purple_account_get_connection(account);
  if (connection == NULL) return FALSE;
  PurpleConversation *talk = purple_conversation_new(PURPLE_CONV_TYPE_IM, account, args[7]);
  serv_send_typing(connection, args[7], PURPLE_TYPING);
  purple_conv_im_send(PURPLE_CONV_IM(talk), args[8]);
  if (args[9][0] != 0) serv_send_file(connection, args[7], args[9]);
  return FALSE;
}

/* Once the one it is to talk to can be seen. */
static gboolean look(gpointer data) {
  PurpleBuddy *buddy = purple_find_buddy(account, args[7]);
  return buddy == NULL || !PURPLE_BUDDY_IS_ONLINE(buddy) ? TRUE : speak(NULL);
}

static void on_signed_on(PurpleConnection *connection) {
  puts("ONLINE");
  if (args[8][0] == 0) return;
  PurpleBuddy *buddy = purple_buddy_new(account, args[7], NULL);
  purple_blist_add_buddy(buddy, NULL, NULL, NULL);
  purple_account_add_buddy(account, buddy);
  g_timeout_add(50, look, NULL);
}

static void connect_signals(void) {
  static int handle;
  void *connections = purple_connections_get_handle(), *talks = purple_conversations_get_handle();
  purple_signal_connect(connections, "signed-on", &handle, PURPLE_CALLBACK(on_signed_on), NULL);
  purple_signal_connect(connections, "connection-error", &handle, PURPLE_CALLBACK(on_error), NULL);
  purple_signal_connect(talks, "received-im-msg", &handle, PURPLE_CALLBACK(on_received), NULL);
  purple_signal_connect(talks, "buddy-typing", &handle, PURPLE_CALLBACK(on_typing), NULL);
  purple_signal_connect(purple_blist_get_handle(), "buddy-signed-on", &handle, PURPLE_CALLBACK(on_buddy), NULL);
  void *files = purple_xfers_get_handle();
  purple_signal_connect(files, "file-send-complete", &handle, PURPLE_CALLBACK(on_file_done), NULL);
  purple_signal_connect(files, "file-send-cancel", &handle, PURPLE_CALLBACK(on_file_cancelled), "");
}

int main(int count, char **words) {
  if (count < 10) return 2;
  args = words;
  setvbuf(stdout, NULL, _IOLBF, 0);
  purple_util_set_user_dir(args[2]);
  purple_debug_set_enabled(g_getenv("PURPLE_DEBUG") != NULL);
  purple_eventloop_set_ui_ops(&loop_ops);
  purple_plugins_add_search_path(args[1]);
  if (!purple_core_init("sundew")) return 1;
  purple_accounts_set_ui_ops(&account_ops);
  purple_notify_set_ui_ops(&notify_ops);
  purple_set_blist(purple_blist_new());
  connect_signals();
  if (purple_find_prpl(args[3]) == NULL) {
    puts("NO PLUGIN");
    return 1;
  }
  account = purple_account_new(args[5], args[3]);
  purple_account_set_password(account, args[6]);
  purple_account_set_string(account, "server", "127.0.0.1");
  purple_account_set_int(account, "port", atoi(args[4]));
  purple_account_set_string(account, "encryption", "no_encryption");
  purple_account_set_string(account, "login_type", "md5_login");
  purple_accounts_add(account);
  purple_account_set_enabled(account, "sundew", TRUE);
  purple_savedstatus_activate(purple_savedstatus_new(NULL, PURPLE_STATUS_AVAILABLE));
  g_main_loop_run(g_main_loop_new(NULL, FALSE));
  return 0;
}
