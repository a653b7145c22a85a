// Made by `npm run build:fold-tables`; do not edit. Source: Unicode, as in Node.
// Licences: resources/NOTICE-fold-tables.md.

/** The version of Unicode that this was made with. */
export const unicodeVersion = '17.0';

/** Ranges of UTF-16 units in base 36: the gap to the range before, a dash, and the length where it is not 1. */
export const fillerRanges = `
9 m 1-e a-5 1 q-6 q-4 x-a 1-2 1-4 2 1-3 
2 3 n v cq-4 c-e 5-7 1 1-h 39 8 5-2 
1 32 3v 5z-6 15-2 2-3 1a 1 2 2 18-2 h-a 
b 1-3 22-4 2u 9 a j-2 1-e 6g-4 4-2 1c-f v 
15 63-2 a 3l-2 6-2 1 3c 3d-2 3i 3m-8 3g 7 
4 5m 15 3e 22 f a-2 4l-n 2-6 k 1 1 
1-4 1z 1k-8 1-6 1-d 33-6 26-2 2j h0-9 13-a 2u h8-2 
h q-2 26-3 1z-2 4d-3 1-4 10-b 8l 3-2 48-y u-2 3k-7 
1-6 4g-2 a-h 9-c 3g-4 1n-5 1q-2 1s-8 b kp 1-3 b-3 
d-3 d-3 d-2 1-b 5-o 7-d 2-9 3-m q-5 b-5 h-8 1-p 
1u 3 b 2-2 5-2 3 1 1 1 4 b 5-5 
5-4 1 1m-2 4-ii m-b 51-hi u-rk 2-3u 6d-6 e-4 1-2 34 
3z-1b 1-1a b6-i 1-2 3-p f 5-2 5-3 2j-2 3 2i 44-2 
6l 5ds-1s h3k-1j 1j-2 7h-3 2r a 37-6 8-n 9-2 2v-2 4d-4 
a-4 1m-4 2e-2 14-3 1 1d-2 1b 2p-d g-2 3g-4 n-3 2s-2 
g-2 2x e-2 3j fnh 3s-x a3-i 1s-2 1i-8 19-3 g-2 1-2 
2-3 m-z 1-2 2-f 1-4 46-e a-5 1 q-6 q-6 1-4 3e-7 
1-7 d-2 
`;

export const invisibleRanges = `
4t gi-34 7n-7 7b-19 1 1-2 1-2 1 20-b 1 1a-l g 
2t-7 2-6 2-2 1-4 z u-r 2j-b 1m-9 9 o-4 1-9 1-3 
1-5 17-3 1n-9 16-o 1-w 1j 1 4-8 4 3-7 a-2 t 
1m 4-4 8 k-2 q 2-2 1l 4-2 4-2 2-3 3 u-2 
3 b-2 1l 4-5 1-2 4 k-2 m-6 1 1m 2 1-4 
8 7-2 b-2 u 1p c 1e 3 1j 1-3 5-3 1-4 
7-2 b-2 t 1m 2 6 5-2 k-2 s-2 1l-2 4-4 8 
k-2 t 20 7-3 1 2i 2-7 c-8 2q 2-9 b-7 21-2 
r 1 1 1j-e 1-5 1-2 5-b 1-10 9 2u-4 1-6 1-2 
2-2 p-2 4-3 g-4 d 2-2 6 f 5d-2 e4-3 qa-3 t-2 
u-2 u-2 1s-2 1-7 8 2-b 9 19-5 39-2 y 3a-3 4-2 
9 6-3 63-2 2 1m 1-7 1 1 2-8 6-a 2 1c-1a 
2-c k-4 1c 1-5 1 5 14-9 c-2 w-4 2-2 1-3 1k 
1-2 3 1-3 1m-8 2-2 48-3 1-d 1-7 4 6 3-2 5i-1s 
ej-5 q-5 1d-g 2o-x 2da-3 3x 2o-w fe-4 2z-2 5l n4a-4 1-a 
w-2 28-2 7k 3 4 p-2 5 47-2 q-i d 12-8 p-b 
1a-3 1c 2-4 2-2 13 1v-6 2-2 2-2 c 8 1b 1f 
1-3 2-2 5-2 1 16-2 8 6m 2 4 fn4 kh-g g-g 
5r 4g 27-9 
`;
