/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of the reader share; nobody else includes this.
 *
 * Every function that reads a value returns true and stores the result, or adds
 * errors to reading->diags, returns false and stores nothing.  Whoever calls it
 * goes on with the next value, so that all errors come at once.
 */
#ifndef PFNSIM_SCENARIO_READING_H
#define PFNSIM_SCENARIO_READING_H

#include "diag.h"
#include "model.h"
#include "points.h"
#include "schema.h"
#include "suggest.h"
#include "tree.h"

#define PAGE_BYTES 4096UL
#define MAX_OBJECT_PAGES 8192
#define MAX_STEPS 64
#define MAX_CASES 64
#define MAX_REPEAT 1000
#define MAX_ORDER_LINES 256
#define MAX_UNTILS 16
#define MAX_LIST 64
/* As far as the engine counts. */
#define MAX_NTH 254
#define MAX_PRIVATE 4096
#define MAX_ADDRESS 0xffffffffff000UL
#define MAX_USER_ADDRESS 0x7ffffffff000UL

struct reading {
	struct scenario *s;
	struct diags *diags;
	struct obstack *mem;
	/* The steps of a task, or setup, had errors: they may miss some. */
	bool broken[SCN_MAX_TASKS];
	/*
	 * Objects, tasks, steps or cases that the file has are unknown because
	 * of an error: a name that is not found is no error of its own.
	 */
	bool lost_vm, lost_tasks, lost_steps, lost_cases;
	/* The step whose object is declared is to fail. */
	bool declaring_failure;
	/* Where the steps stand, for what is resolved in a second pass. */
	struct node *setup_node;
	struct node *task_node[SCN_MAX_TASKS];
};

#define complain(r, pos, ...) diag_add((r)->diags, DIAG_ERROR, pos, __VA_ARGS__)
#define warn(r, pos, ...) diag_add((r)->diags, DIAG_WARNING, pos, __VA_ARGS__)

/* Texts of the user in messages: "%.60s". */
#define Q "'%.60s'"

/* ---- read_fields.c: mappings against the table ------------------------ */

/* Values and keys by index in the schema map; NULL where absent or wrong. */
struct fields {
	const struct schema_map *map;
	struct node *key[SCHEMA_MAX_KEYS], *value[SCHEMA_MAX_KEYS];
};

/*
 * Check a mapping's keys: known, given once, in order, none missing, values of
 * the right kind.  Returns whether all of that holds; fields has what does.
 */
bool read_fields(struct reading *r, const struct node *node,
		 const struct schema_map *map, struct fields *fields);

/* The value of a key of the table; NULL where absent or wrong. */
struct node *field(const struct fields *fields, const char *name);

/* Whether the value's kind is one that @key takes. */
bool check_kind(struct reading *r, const struct node *key_node,
		const struct node *value, const struct schema_key *key);

/* Whether each key of @node stands there once. */
bool check_duplicates(struct reading *r, const struct node *node);

/* Elements of a list, all plain, none empty, at most @max of them. */
bool check_words(struct reading *r, const struct node *list, size_t max);

/* Elements of a list, all mappings, at most @max of them. */
bool check_maps(struct reading *r, const struct node *list, size_t max,
		const char *what);

/* ---- values.c: plain values -------------------------------------------- */

bool read_number(struct reading *r, const struct node *node, unsigned long min,
		 unsigned long max, unsigned long *out);
/* Where @node is NULL, *out stays as it is and true is returned. */
bool read_number_if(struct reading *r, const struct node *node,
		    unsigned long min, unsigned long max, unsigned long *out);
/* A page-aligned address. */
bool read_page_address(struct reading *r, const struct node *node,
		       unsigned long max, unsigned long *out);
bool read_bool(struct reading *r, const struct node *node, bool *out);
bool read_name(struct reading *r, const struct node *node, char **out);
/* Text on one line. */
bool read_line(struct reading *r, const struct node *node, char **out);
/* Whether a cache of this use can be at a userspace address. */
bool use_takes_hva(enum cache_use use);
/* The index of a word of @type, suggesting another one where it is none. */
bool read_word(struct reading *r, const struct node *node, enum value_type type,
	       size_t *out);
/* A list of words, or one word, as bits. */
bool read_words(struct reading *r, const struct node *node,
		enum value_type type, unsigned long *out);
bool read_ret(struct reading *r, const struct node *node, long *out);
bool read_range(struct reading *r, const struct node *node,
		struct count_range *out);
bool read_fault(struct reading *r, const struct node *node,
		struct fail_spec *out);
bool read_bytes(struct reading *r, const struct node *node, struct bytes *out);
bool read_strings(struct reading *r, const struct node *list,
		  enum value_type type, char ***out, size_t *nr);
/* Digits of @text (decimal, or 0x and hexadecimal) as a number. */
bool parse_number(const char *text, size_t len, unsigned long *out);

/* ---- objects.c: names of objects and their pages ----------------------- */

/* The index of the object, or SCN_NONE; nothing is reported. */
int find_gmem(const struct scenario *s, const char *name, size_t len);
int find_region(const struct scenario *s, const char *name, size_t len);
int find_slot(const struct scenario *s, const char *name, size_t len);
int find_cache(const struct scenario *s, const char *name, size_t len);
int find_task(const struct scenario *s, const char *name, size_t len);

bool read_gmem_name(struct reading *r, const struct node *node, int *out);
bool read_slot_name(struct reading *r, const struct node *node, int *out);
bool read_cache_name(struct reading *r, const struct node *node, int *out);
bool read_task_name(struct reading *r, const struct node *node, int *out);
/* The cache that node->text names from @offset on. */
bool read_cache_at(struct reading *r, const struct node *node, size_t offset,
		   int *out);

/* Whether @node may name a new object; says which one bears that name. */
bool name_is_free(struct reading *r, const struct node *node, bool for_slot);

/* Spaces that a page reference may name. */
enum { IN_GMEM = 1, IN_REGION = 2, IN_SLOT = 4 };
struct page_rules {
	unsigned int spaces;
	bool single;	 /* one page, with an index */
	bool beyond_end; /* the kernel judges pages beyond the end */
};
bool read_page_ref(struct reading *r, const struct node *node,
		   struct page_rules rules, struct page_ref *out);
bool read_uva(struct reading *r, const struct node *node, struct uva_ref *out);

/* ---- read_vm.c, read_steps.c, ... --------------------------------------- */

void read_vm(struct reading *r, const struct node *node);
/* Names that steps create, before any step is read. */
void declare_created(struct reading *r, const struct node *steps);
void read_setup(struct reading *r, struct node *node);
void read_tasks(struct reading *r, struct node *node);
/* The gates, once all steps are known. */
void read_gates(struct reading *r);
/* Arguments of @step, whose op and want are set. */
bool read_step_args(struct reading *r, const struct node *key,
		    const struct node *value, struct step *step);
bool read_outcome_fields(struct reading *r, const struct fields *fields,
			 const struct step *step, struct outcome *out);

/* `op/point#n`; the operation exists and has that point. */
bool read_point(struct reading *r, const struct node *node,
		struct point_ref *out);
/* The operation that node->text names in its first @len bytes. */
bool read_op_name(struct reading *r, const struct node *node, size_t len,
		  const struct schema_map *also, enum scenario_op *out);

void read_order(struct reading *r, const struct node *list,
		struct case_desc *desc);
/* `again: 4`; @lines stand before it. */
bool read_again(struct reading *r, const struct node *node, size_t lines,
		struct order_line *line);
bool read_until(struct reading *r, const struct node *node,
		struct order_line *line);
/*
 * Whether the lines, taken in order, can be followed and, where they are
 * complete, end every task.  @last is the position of the last line.
 */
void check_order(struct reading *r, struct pos last,
		 const struct case_desc *desc, bool complete);

void read_cases(struct reading *r, const struct node *list);
void read_expect(struct reading *r, const struct node *node,
		 struct case_desc *desc);
void read_xfails(struct reading *r, const struct node *list);

#endif /* PFNSIM_SCENARIO_READING_H */
