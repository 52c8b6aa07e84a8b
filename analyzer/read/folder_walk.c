#define _DEFAULT_SOURCE /* d_type */
#include "read/folder_walk.h"

#include "base/array.h"
#include "base/error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

typedef enum entry_kind {
    ENTRY_FILE,
    ENTRY_FOLDER,
    ENTRY_LINK_TO_FOLDER,
    ENTRY_LINK_LOOP,
    ENTRY_SPECIAL,
    ENTRY_UNREADABLE
} entry_kind;

typedef struct entry {
    const char *name;
    entry_kind kind;
    int error_number; /* for ENTRY_UNREADABLE */
} entry;

typedef ARRAY(entry) entry_array;

/* One open folder; the walk keeps them as a stack in its arena. */
typedef struct frame {
    struct frame *parent;
    arena_mark mark; /* before this frame */
    const char *path;
    entry_array entries;
    size_t next;
} frame;

struct folder_walk {
    arena *arena;
    frame *top;
    frame arguments; /* the bottom of the stack: the paths that the user named */
    arena_mark scratch;
    bool scratch_used;
};

static entry_kind kind_of(int folder, const char *name, bool named, int *error_number) {
    struct stat info;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        *error_number = errno;
        return ENTRY_UNREADABLE;
    }
    bool is_link = S_ISLNK(info.st_mode);
    if (is_link && fstatat(folder, name, &info, 0) != 0) {
        *error_number = errno;
        return errno == ELOOP && !named ? ENTRY_LINK_LOOP : ENTRY_UNREADABLE;
    }
    if (S_ISDIR(info.st_mode)) return is_link && !named ? ENTRY_LINK_TO_FOLDER : ENTRY_FOLDER;
    return S_ISREG(info.st_mode) || named ? ENTRY_FILE : ENTRY_SPECIAL;
}

/* Folders sort as if their name ended in a slash: then the walk's order is that of full paths. */
static int compare_entries(const void *left, const void *right) {
    const entry *a = left, *b = right;
    const unsigned char *p = (const unsigned char *)a->name, *q = (const unsigned char *)b->name;
    while (*p && *p == *q)
        p++, q++;
    int c = *p ? *p : a->kind == ENTRY_FOLDER ? '/' : 0;
    int d = *q ? *q : b->kind == ENTRY_FOLDER ? '/' : 0;
    return c - d;
}

static bool add_entry(folder_walk *walk, entry_array *entries, entry e) {
    e.name = arena_copy(walk->arena, view_of(e.name)).ptr;
    return e.name && array_push(walk->arena, entries, e);
}

static bool add_named(folder_walk *walk, entry_array *entries, const char *path) {
    entry e = {.name = path, .kind = ENTRY_FILE};
    if (strcmp(path, "-") != 0) e.kind = kind_of(AT_FDCWD, path, true, &e.error_number);
    return add_entry(walk, entries, e);
}

/* Most systems tell what an item is without another question. */
static bool add_found(folder_walk *walk, entry_array *entries, int folder,
                      const struct dirent *item) {
    entry e = {.name = item->d_name};
    switch (item->d_type) {
    case DT_REG: e.kind = ENTRY_FILE; break;
    case DT_DIR: e.kind = ENTRY_FOLDER; break;
    default: e.kind = kind_of(folder, item->d_name, false, &e.error_number);
    }
    return add_entry(walk, entries, e);
}

static void sort_entries(entry_array *entries) {
    if (entries->count)
        qsort(entries->items, entries->count, sizeof *entries->items, compare_entries);
}

folder_walk *folder_walk_new(const char *const *paths, size_t count) {
    folder_walk *walk = calloc(1, sizeof *walk);
    if (!walk) return NULL;
    walk->arena = arena_new();
    bool ok = walk->arena != NULL;
    for (size_t i = 0; ok && i < count; i++)
        ok = add_named(walk, &walk->arguments.entries, paths[i]);
    if (!ok) {
        folder_walk_free(walk);
        return NULL;
    }
    sort_entries(&walk->arguments.entries);
    walk->top = &walk->arguments;
    return walk;
}

void folder_walk_free(folder_walk *walk) {
    if (!walk) return;
    arena_free(walk->arena);
    free(walk);
}

static whosaid_status list_folder(folder_walk *walk, DIR *folder, const char *path,
                                  entry_array *entries, whosaid_error *err) {
    for (;;) {
        errno = 0;
        struct dirent *item = readdir(folder);
        if (!item) return errno ? error_io(err, path, "cannot list", errno) : WHOSAID_OK;
        if (item->d_name[0] == '.') continue;
        if (!add_found(walk, entries, dirfd(folder), item)) return error_no_memory(err);
    }
}

/* Pushes the folder `path`, which lies in the arena behind `mark`. */
static whosaid_status enter_folder(folder_walk *walk, const char *path, arena_mark mark,
                                   whosaid_error *err) {
    DIR *folder = opendir(path);
    if (!folder) return error_io(err, path, "cannot open", errno);
    frame *f = ARENA_NEW(walk->arena, frame, 1);
    whosaid_status status =
        f ? list_folder(walk, folder, path, &f->entries, err) : error_no_memory(err);
    closedir(folder);
    if (status != WHOSAID_OK) return status;
    sort_entries(&f->entries);
    f->mark = mark;
    f->path = path;
    f->parent = walk->top;
    walk->top = f;
    return WHOSAID_OK;
}

static const char *full_path(folder_walk *walk, const char *name) {
    const char *folder = walk->top->path;
    if (!folder) return arena_copy(walk->arena, view_of(name)).ptr;
    const char *slash = view_ends_with(view_of(folder), VIEW("/")) ? "" : "/";
    return arena_format(walk->arena, "%s%s%s", folder, slash, name).ptr;
}

static walk_event skip(const char *path, const char *reason, whosaid_error *err) {
    error_set(err, WHOSAID_IO, path, 0, "skipped: %s", reason);
    return WALK_SKIPPED;
}

/* What to tell about an entry. *entered: it was a folder and is open now. */
static walk_event visit(folder_walk *walk, const entry *e, walk_file *file, bool *entered,
                        whosaid_error *err) {
    arena_mark mark = arena_save(walk->arena);
    const char *path = full_path(walk, e->name);
    if (!path) {
        error_no_memory(err);
        return WALK_FAILED;
    }
    walk->scratch = mark;
    walk->scratch_used = true;
    switch (e->kind) {
    case ENTRY_FILE: *file = (walk_file){path, walk->top == &walk->arguments}; return WALK_FILE;
    case ENTRY_FOLDER:
        if (enter_folder(walk, path, mark, err) != WHOSAID_OK) return WALK_FAILED;
        walk->scratch_used = false;
        *entered = true;
        return WALK_END;
    case ENTRY_LINK_TO_FOLDER:
        return skip(path, "a link to a folder; name it as a PATH to have it read", err);
    case ENTRY_LINK_LOOP: return skip(path, "a loop of symbolic links", err);
    case ENTRY_SPECIAL: return skip(path, "a device, pipe or socket", err);
    case ENTRY_UNREADABLE: break;
    }
    error_io(err, path, "cannot open", e->error_number);
    return WALK_FAILED;
}

walk_event folder_walk_next(folder_walk *walk, walk_file *file, whosaid_error *err) {
    if (walk->scratch_used) arena_restore(walk->arena, walk->scratch);
    walk->scratch_used = false;
    for (;;) {
        frame *f = walk->top;
        if (f->next < f->entries.count) {
            bool entered = false;
            walk_event event = visit(walk, &f->entries.items[f->next++], file, &entered, err);
            if (!entered) return event;
        } else if (f == &walk->arguments) {
            return WALK_END;
        } else {
            walk->top = f->parent;
            arena_restore(walk->arena, f->mark);
        }
    }
}
