// What Jupyter starts: opens the kernel's ports at once, then becomes the kernel.
//
// A client connects about ten milliseconds after it has started this process, and where nobody listens ZeroMQ tries again
// a tenth of a second later. The kernel's own libraries take about that long to load; this program has none. It lies in
// the kernelspec's directory, with the path of the kernel's program in the file `program` beside it, and where that
// program is gone `missing.py` serves the notebook: it says in a cell what happened and how to mend it.
//
// usage: launch --connection-file FILE

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FILE_LIMIT = 1 << 16 };

static const char *const channels[] = {"shell", "iopub", "stdin", "control", "hb"};

// Reads at most `size` - 1 bytes; returns how many, -1 where there is no file.
static ssize_t read_file(const char *path, char *text, size_t size) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return -1;
    size_t length = 0;
    ssize_t count;
    while (length + 1 < size && (count = read(file, text + length, size - 1 - length)) > 0) length += (size_t)count;
    close(file);
    text[length] = 0;
    return (ssize_t)length;
}

// What stands behind `"name":`, without quotes; 0 where it does not stand there.
static int member(const char *json, const char *name, char *value, size_t size) {
    char key[64];
    snprintf(key, sizeof key, "\"%s\"", name);
    const char *at = strstr(json, key);
    if (!at) return 0;
    at += strlen(key);
    at += strspn(at, " \t\r\n");
    if (*at++ != ':') return 0;
    at += strspn(at, " \t\r\n\"");
    size_t length = strcspn(at, ",}\" \t\r\n");
    if (length == 0 || length >= size) return 0;
    memcpy(value, at, length);
    value[length] = 0;
    return 1;
}

static int listen_on(struct in_addr ip, long port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = ip, .sin_port = htons((uint16_t)port)};
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return -1;
    int reuse = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0 || listen(descriptor, 100) != 0) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

// Opens what the connection file names, and leaves the descriptors to the kernel in an environment variable. A port that
// cannot be opened is left to the kernel, which says why.
static void open_ports(const char *path) {
    static char json[FILE_LIMIT];
    char value[256], ports[256] = "";
    struct in_addr ip;
    unsetenv("KERNEL_OPEN_PORTS");
    if (read_file(path, json, sizeof json) < 0) return;
    if (member(json, "registration_port", value, sizeof value)) return;
    if (member(json, "transport", value, sizeof value) && strcmp(value, "tcp") != 0) return;
    if (!member(json, "ip", value, sizeof value) || inet_pton(AF_INET, value, &ip) != 1) return;
    for (size_t index = 0; index < sizeof channels / sizeof *channels; index++) {
        char name[32];
        snprintf(name, sizeof name, "%s_port", channels[index]);
        if (!member(json, name, value, sizeof value)) continue;
        long port = strtol(value, NULL, 10);
        if (port < 1 || port > 65535) continue;
        int descriptor = listen_on(ip, port);
        if (descriptor < 0) continue;
        size_t used = strlen(ports);
        snprintf(ports + used, sizeof ports - used, "%s%s=%d", used ? "," : "", channels[index], descriptor);
    }
    if (*ports) setenv("KERNEL_OPEN_PORTS", ports, 1);
}

// The program's path: the first line of `program`, relative to its directory or absolute.
static int find_program(const char *directory, char *path, size_t size) {
    static char line[PATH_MAX];
    char file[PATH_MAX];
    if (snprintf(file, sizeof file, "%s/program", directory) >= (int)sizeof file) return 0;
    if (read_file(file, line, sizeof line) <= 0) return 0;
    line[strcspn(line, "\n")] = 0;
    int length = line[0] == '/' ? snprintf(path, size, "%s", line) : snprintf(path, size, "%s/%s", directory, line);
    return length < (int)size;
}

// The Python of the program that started this one has what is needed to speak to a notebook.
static void speak(const char *directory, const char *program, char *connection_file) {
    static char parent[FILE_LIMIT];
    static char python[2 * PATH_MAX];
    char script[PATH_MAX], path[64];
    if (snprintf(script, sizeof script, "%s/missing.py", directory) >= (int)sizeof script) return;
    char *arguments[] = {"python3", script, connection_file, (char *)program, NULL};
    snprintf(path, sizeof path, "/proc/%d/cmdline", (int)getppid());
    if (read_file(path, parent, sizeof parent) > 0 && strstr(parent, "python")) {
        // A relative path is relative to where that program stands.
        snprintf(path, sizeof path, "/proc/%d/cwd", (int)getppid());
        ssize_t length = strchr(parent, '/') && *parent != '/' ? readlink(path, python, PATH_MAX) : 0;
        if (length > 0) python[length++] = '/';
        snprintf(python + (length > 0 ? length : 0), PATH_MAX, "%s", parent);
        // Python finds its environment by the path that it is called by.
        arguments[0] = python;
        execvp(python, arguments);
        arguments[0] = "python3";
    }
    execvp("python3", arguments);
}

int main(int count, char **arguments) {
    char directory[PATH_MAX], program[PATH_MAX] = "";
    ssize_t length = readlink("/proc/self/exe", directory, sizeof directory - 1);
    if (length <= 0 || count != 3 || strcmp(arguments[1], "--connection-file") != 0) {
        fprintf(stderr, "usage: launch --connection-file FILE\n");
        return 64;
    }
    directory[length] = 0;
    *strrchr(directory, '/') = 0;
    if (find_program(directory, program, sizeof program) && access(program, X_OK) == 0) {
        open_ports(arguments[2]);
        char *const command[] = {program, arguments[1], arguments[2], NULL};
        execv(program, command);
    }
    int problem = errno;
    unsetenv("KERNEL_OPEN_PORTS");
    for (int descriptor = 3; descriptor < 16; descriptor++) close(descriptor);
    speak(directory, program, arguments[2]);
    fprintf(stderr, "The kernel's program %s cannot be started: %s. Install it again.\n", program, strerror(problem));
    return 1;
}
