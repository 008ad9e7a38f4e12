/** Looks at jars with the eyes of the weaver. */
package dev.headroom.core.weave;
