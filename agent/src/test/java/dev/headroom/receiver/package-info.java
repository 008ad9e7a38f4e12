/** Our agent's measurements into receivers that know nothing of us. */
package dev.headroom.receiver;
