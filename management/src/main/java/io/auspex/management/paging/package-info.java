/** Pages of lists and leaf-lists (draft-ietf-netconf-list-pagination-11), chosen while the list is read. */
@NullMarked
package io.auspex.management.paging;

import org.jspecify.annotations.NullMarked;
