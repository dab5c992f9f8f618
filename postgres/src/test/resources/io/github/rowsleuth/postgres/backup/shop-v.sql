--
-- PostgreSQL database dump
--

\restrict KW9LS8tHJZ9BGkN8ygDBFgjzUJfMxAUdgjgiVfq6p01HrGEAJo0yFJjcAqb4347

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

-- Started on 2026-11-25 00:20:43 UTC

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- TOC entry 6 (class 2615 OID 16385)
-- Name: sales; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA sales;


ALTER SCHEMA sales OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- TOC entry 218 (class 1259 OID 16408)
-- Name: Odd "Name"; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."Odd ""Name""" (
    v text
);


ALTER TABLE public."Odd ""Name""" OWNER TO postgres;

--
-- TOC entry 219 (class 1259 OID 16413)
-- Name: empty; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.empty (
    id integer
);


ALTER TABLE public.empty OWNER TO postgres;

--
-- TOC entry 217 (class 1259 OID 16395)
-- Name: items; Type: TABLE; Schema: sales; Owner: postgres
--

CREATE TABLE sales.items (
    id integer NOT NULL,
    o integer,
    note text
);


ALTER TABLE sales.items OWNER TO postgres;

--
-- TOC entry 216 (class 1259 OID 16394)
-- Name: items_id_seq; Type: SEQUENCE; Schema: sales; Owner: postgres
--

CREATE SEQUENCE sales.items_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE sales.items_id_seq OWNER TO postgres;

--
-- TOC entry 3385 (class 0 OID 0)
-- Dependencies: 216
-- Name: items_id_seq; Type: SEQUENCE OWNED BY; Schema: sales; Owner: postgres
--

ALTER SEQUENCE sales.items_id_seq OWNED BY sales.items.id;


--
-- TOC entry 215 (class 1259 OID 16386)
-- Name: orders; Type: TABLE; Schema: sales; Owner: postgres
--

CREATE TABLE sales.orders (
    id integer NOT NULL,
    customer text,
    at timestamp with time zone DEFAULT '2026-01-01 00:00:00+00'::timestamp with time zone
);


ALTER TABLE sales.orders OWNER TO postgres;

--
-- TOC entry 220 (class 1259 OID 16416)
-- Name: parted; Type: TABLE; Schema: sales; Owner: postgres
--

CREATE TABLE sales.parted (
    id integer
)
PARTITION BY RANGE (id);


ALTER TABLE sales.parted OWNER TO postgres;

--
-- TOC entry 221 (class 1259 OID 16419)
-- Name: part1; Type: TABLE; Schema: sales; Owner: postgres
--

CREATE TABLE sales.part1 (
    id integer
);


ALTER TABLE sales.part1 OWNER TO postgres;

--
-- TOC entry 222 (class 1259 OID 16422)
-- Name: seen; Type: MATERIALIZED VIEW; Schema: sales; Owner: postgres
--

CREATE MATERIALIZED VIEW sales.seen AS
 SELECT count(*) AS count
   FROM sales.orders
  WITH NO DATA;


ALTER TABLE sales.seen OWNER TO postgres;

--
-- TOC entry 3222 (class 0 OID 0)
-- Name: part1; Type: TABLE ATTACH; Schema: sales; Owner: postgres
--

ALTER TABLE ONLY sales.parted ATTACH PARTITION sales.part1 FOR VALUES FROM (0) TO (100);


--
-- TOC entry 3224 (class 2604 OID 16398)
-- Name: items id; Type: DEFAULT; Schema: sales; Owner: postgres
--

ALTER TABLE ONLY sales.items ALTER COLUMN id SET DEFAULT nextval('sales.items_id_seq'::regclass);


--
-- TOC entry 3376 (class 0 OID 16408)
-- Dependencies: 218
-- Data for Name: Odd "Name"; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public."Odd ""Name""" (v) FROM stdin;
a\nb\\.
\.


--
-- TOC entry 3377 (class 0 OID 16413)
-- Dependencies: 219
-- Data for Name: empty; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.empty (id) FROM stdin;
\.


--
-- TOC entry 3375 (class 0 OID 16395)
-- Dependencies: 217
-- Data for Name: items; Type: TABLE DATA; Schema: sales; Owner: postgres
--

COPY sales.items (id, o, note) FROM stdin;
1	2	tab\there
2	3	tab\there
3	4	tab\there
4	5	tab\there
5	6	tab\there
6	7	tab\there
7	8	tab\there
8	9	tab\there
9	10	tab\there
10	11	tab\there
11	12	tab\there
12	13	tab\there
13	14	tab\there
14	15	tab\there
15	16	tab\there
16	17	tab\there
17	18	tab\there
18	19	tab\there
19	20	tab\there
20	21	tab\there
21	22	tab\there
22	23	tab\there
23	24	tab\there
24	25	tab\there
25	26	tab\there
26	27	tab\there
27	28	tab\there
28	29	tab\there
29	30	tab\there
30	31	tab\there
31	32	tab\there
32	33	tab\there
33	34	tab\there
34	35	tab\there
35	36	tab\there
36	37	tab\there
37	38	tab\there
38	39	tab\there
39	40	tab\there
40	41	tab\there
41	42	tab\there
42	43	tab\there
43	44	tab\there
44	45	tab\there
45	46	tab\there
46	47	tab\there
47	48	tab\there
48	49	tab\there
49	50	tab\there
50	51	tab\there
51	52	tab\there
52	53	tab\there
53	54	tab\there
54	55	tab\there
55	56	tab\there
56	57	tab\there
57	58	tab\there
58	59	tab\there
59	60	tab\there
60	61	tab\there
61	62	tab\there
62	63	tab\there
63	64	tab\there
64	65	tab\there
65	66	tab\there
66	67	tab\there
67	68	tab\there
68	69	tab\there
69	70	tab\there
70	71	tab\there
71	72	tab\there
72	73	tab\there
73	74	tab\there
74	75	tab\there
75	76	tab\there
76	77	tab\there
77	78	tab\there
78	79	tab\there
79	80	tab\there
80	81	tab\there
81	82	tab\there
82	83	tab\there
83	84	tab\there
84	85	tab\there
85	86	tab\there
86	87	tab\there
87	88	tab\there
88	89	tab\there
89	90	tab\there
90	91	tab\there
91	92	tab\there
92	93	tab\there
93	94	tab\there
94	95	tab\there
95	96	tab\there
96	97	tab\there
97	98	tab\there
98	99	tab\there
99	100	tab\there
100	101	tab\there
101	102	tab\there
102	103	tab\there
103	104	tab\there
104	105	tab\there
105	106	tab\there
106	107	tab\there
107	108	tab\there
108	109	tab\there
109	110	tab\there
110	111	tab\there
111	112	tab\there
112	113	tab\there
113	114	tab\there
114	115	tab\there
115	116	tab\there
116	117	tab\there
117	118	tab\there
118	119	tab\there
119	120	tab\there
120	1	tab\there
121	2	tab\there
122	3	tab\there
123	4	tab\there
124	5	tab\there
125	6	tab\there
126	7	tab\there
127	8	tab\there
128	9	tab\there
129	10	tab\there
130	11	tab\there
131	12	tab\there
132	13	tab\there
133	14	tab\there
134	15	tab\there
135	16	tab\there
136	17	tab\there
137	18	tab\there
138	19	tab\there
139	20	tab\there
140	21	tab\there
141	22	tab\there
142	23	tab\there
143	24	tab\there
144	25	tab\there
145	26	tab\there
146	27	tab\there
147	28	tab\there
148	29	tab\there
149	30	tab\there
150	31	tab\there
151	32	tab\there
152	33	tab\there
153	34	tab\there
154	35	tab\there
155	36	tab\there
156	37	tab\there
157	38	tab\there
158	39	tab\there
159	40	tab\there
160	41	tab\there
161	42	tab\there
162	43	tab\there
163	44	tab\there
164	45	tab\there
165	46	tab\there
166	47	tab\there
167	48	tab\there
168	49	tab\there
169	50	tab\there
170	51	tab\there
171	52	tab\there
172	53	tab\there
173	54	tab\there
174	55	tab\there
175	56	tab\there
176	57	tab\there
177	58	tab\there
178	59	tab\there
179	60	tab\there
180	61	tab\there
181	62	tab\there
182	63	tab\there
183	64	tab\there
184	65	tab\there
185	66	tab\there
186	67	tab\there
187	68	tab\there
188	69	tab\there
189	70	tab\there
190	71	tab\there
191	72	tab\there
192	73	tab\there
193	74	tab\there
194	75	tab\there
195	76	tab\there
196	77	tab\there
197	78	tab\there
198	79	tab\there
199	80	tab\there
200	81	tab\there
201	82	tab\there
202	83	tab\there
203	84	tab\there
204	85	tab\there
205	86	tab\there
206	87	tab\there
207	88	tab\there
208	89	tab\there
209	90	tab\there
210	91	tab\there
211	92	tab\there
212	93	tab\there
213	94	tab\there
214	95	tab\there
215	96	tab\there
216	97	tab\there
217	98	tab\there
218	99	tab\there
219	100	tab\there
220	101	tab\there
221	102	tab\there
222	103	tab\there
223	104	tab\there
224	105	tab\there
225	106	tab\there
226	107	tab\there
227	108	tab\there
228	109	tab\there
229	110	tab\there
230	111	tab\there
231	112	tab\there
232	113	tab\there
233	114	tab\there
234	115	tab\there
235	116	tab\there
236	117	tab\there
237	118	tab\there
238	119	tab\there
239	120	tab\there
240	1	tab\there
241	2	tab\there
242	3	tab\there
243	4	tab\there
244	5	tab\there
245	6	tab\there
246	7	tab\there
247	8	tab\there
248	9	tab\there
249	10	tab\there
250	11	tab\there
251	12	tab\there
252	13	tab\there
253	14	tab\there
254	15	tab\there
255	16	tab\there
256	17	tab\there
257	18	tab\there
258	19	tab\there
259	20	tab\there
260	21	tab\there
261	22	tab\there
262	23	tab\there
263	24	tab\there
264	25	tab\there
265	26	tab\there
266	27	tab\there
267	28	tab\there
268	29	tab\there
269	30	tab\there
270	31	tab\there
271	32	tab\there
272	33	tab\there
273	34	tab\there
274	35	tab\there
275	36	tab\there
276	37	tab\there
277	38	tab\there
278	39	tab\there
279	40	tab\there
280	41	tab\there
281	42	tab\there
282	43	tab\there
283	44	tab\there
284	45	tab\there
285	46	tab\there
286	47	tab\there
287	48	tab\there
288	49	tab\there
289	50	tab\there
290	51	tab\there
291	52	tab\there
292	53	tab\there
293	54	tab\there
294	55	tab\there
295	56	tab\there
296	57	tab\there
297	58	tab\there
298	59	tab\there
299	60	tab\there
300	61	tab\there
\.


--
-- TOC entry 3373 (class 0 OID 16386)
-- Dependencies: 215
-- Data for Name: orders; Type: TABLE DATA; Schema: sales; Owner: postgres
--

COPY sales.orders (id, customer, at) FROM stdin;
1	c1	2026-01-01 00:00:00+00
2	c2	2026-01-01 00:00:00+00
3	c3	2026-01-01 00:00:00+00
4	c4	2026-01-01 00:00:00+00
5	c5	2026-01-01 00:00:00+00
6	c6	2026-01-01 00:00:00+00
7	c7	2026-01-01 00:00:00+00
8	c8	2026-01-01 00:00:00+00
9	c9	2026-01-01 00:00:00+00
10	c10	2026-01-01 00:00:00+00
11	c11	2026-01-01 00:00:00+00
12	c12	2026-01-01 00:00:00+00
13	c13	2026-01-01 00:00:00+00
14	c14	2026-01-01 00:00:00+00
15	c15	2026-01-01 00:00:00+00
16	c16	2026-01-01 00:00:00+00
17	c17	2026-01-01 00:00:00+00
18	c18	2026-01-01 00:00:00+00
19	c19	2026-01-01 00:00:00+00
20	c20	2026-01-01 00:00:00+00
21	c21	2026-01-01 00:00:00+00
22	c22	2026-01-01 00:00:00+00
23	c23	2026-01-01 00:00:00+00
24	c24	2026-01-01 00:00:00+00
25	c25	2026-01-01 00:00:00+00
26	c26	2026-01-01 00:00:00+00
27	c27	2026-01-01 00:00:00+00
28	c28	2026-01-01 00:00:00+00
29	c29	2026-01-01 00:00:00+00
30	c30	2026-01-01 00:00:00+00
31	c31	2026-01-01 00:00:00+00
32	c32	2026-01-01 00:00:00+00
33	c33	2026-01-01 00:00:00+00
34	c34	2026-01-01 00:00:00+00
35	c35	2026-01-01 00:00:00+00
36	c36	2026-01-01 00:00:00+00
37	c37	2026-01-01 00:00:00+00
38	c38	2026-01-01 00:00:00+00
39	c39	2026-01-01 00:00:00+00
40	c40	2026-01-01 00:00:00+00
41	c41	2026-01-01 00:00:00+00
42	c42	2026-01-01 00:00:00+00
43	c43	2026-01-01 00:00:00+00
44	c44	2026-01-01 00:00:00+00
45	c45	2026-01-01 00:00:00+00
46	c46	2026-01-01 00:00:00+00
47	c47	2026-01-01 00:00:00+00
48	c48	2026-01-01 00:00:00+00
49	c49	2026-01-01 00:00:00+00
50	c50	2026-01-01 00:00:00+00
51	c51	2026-01-01 00:00:00+00
52	c52	2026-01-01 00:00:00+00
53	c53	2026-01-01 00:00:00+00
54	c54	2026-01-01 00:00:00+00
55	c55	2026-01-01 00:00:00+00
56	c56	2026-01-01 00:00:00+00
57	c57	2026-01-01 00:00:00+00
58	c58	2026-01-01 00:00:00+00
59	c59	2026-01-01 00:00:00+00
60	c60	2026-01-01 00:00:00+00
61	c61	2026-01-01 00:00:00+00
62	c62	2026-01-01 00:00:00+00
63	c63	2026-01-01 00:00:00+00
64	c64	2026-01-01 00:00:00+00
65	c65	2026-01-01 00:00:00+00
66	c66	2026-01-01 00:00:00+00
67	c67	2026-01-01 00:00:00+00
68	c68	2026-01-01 00:00:00+00
69	c69	2026-01-01 00:00:00+00
70	c70	2026-01-01 00:00:00+00
71	c71	2026-01-01 00:00:00+00
72	c72	2026-01-01 00:00:00+00
73	c73	2026-01-01 00:00:00+00
74	c74	2026-01-01 00:00:00+00
75	c75	2026-01-01 00:00:00+00
76	c76	2026-01-01 00:00:00+00
77	c77	2026-01-01 00:00:00+00
78	c78	2026-01-01 00:00:00+00
79	c79	2026-01-01 00:00:00+00
80	c80	2026-01-01 00:00:00+00
81	c81	2026-01-01 00:00:00+00
82	c82	2026-01-01 00:00:00+00
83	c83	2026-01-01 00:00:00+00
84	c84	2026-01-01 00:00:00+00
85	c85	2026-01-01 00:00:00+00
86	c86	2026-01-01 00:00:00+00
87	c87	2026-01-01 00:00:00+00
88	c88	2026-01-01 00:00:00+00
89	c89	2026-01-01 00:00:00+00
90	c90	2026-01-01 00:00:00+00
91	c91	2026-01-01 00:00:00+00
92	c92	2026-01-01 00:00:00+00
93	c93	2026-01-01 00:00:00+00
94	c94	2026-01-01 00:00:00+00
95	c95	2026-01-01 00:00:00+00
96	c96	2026-01-01 00:00:00+00
97	c97	2026-01-01 00:00:00+00
98	c98	2026-01-01 00:00:00+00
99	c99	2026-01-01 00:00:00+00
100	c100	2026-01-01 00:00:00+00
101	c101	2026-01-01 00:00:00+00
102	c102	2026-01-01 00:00:00+00
103	c103	2026-01-01 00:00:00+00
104	c104	2026-01-01 00:00:00+00
105	c105	2026-01-01 00:00:00+00
106	c106	2026-01-01 00:00:00+00
107	c107	2026-01-01 00:00:00+00
108	c108	2026-01-01 00:00:00+00
109	c109	2026-01-01 00:00:00+00
110	c110	2026-01-01 00:00:00+00
111	c111	2026-01-01 00:00:00+00
112	c112	2026-01-01 00:00:00+00
113	c113	2026-01-01 00:00:00+00
114	c114	2026-01-01 00:00:00+00
115	c115	2026-01-01 00:00:00+00
116	c116	2026-01-01 00:00:00+00
117	c117	2026-01-01 00:00:00+00
118	c118	2026-01-01 00:00:00+00
119	c119	2026-01-01 00:00:00+00
120	c120	2026-01-01 00:00:00+00
\.


--
-- TOC entry 3378 (class 0 OID 16419)
-- Dependencies: 221
-- Data for Name: part1; Type: TABLE DATA; Schema: sales; Owner: postgres
--

COPY sales.part1 (id) FROM stdin;
1
2
3
4
5
6
7
8
9
\.


--
-- TOC entry 3386 (class 0 OID 0)
-- Dependencies: 216
-- Name: items_id_seq; Type: SEQUENCE SET; Schema: sales; Owner: postgres
--

SELECT pg_catalog.setval('sales.items_id_seq', 300, true);


--
-- TOC entry 3228 (class 2606 OID 16402)
-- Name: items items_pkey; Type: CONSTRAINT; Schema: sales; Owner: postgres
--

ALTER TABLE ONLY sales.items
    ADD CONSTRAINT items_pkey PRIMARY KEY (id);


--
-- TOC entry 3226 (class 2606 OID 16393)
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: sales; Owner: postgres
--

ALTER TABLE ONLY sales.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);


--
-- TOC entry 3229 (class 2606 OID 16403)
-- Name: items items_o_fkey; Type: FK CONSTRAINT; Schema: sales; Owner: postgres
--

ALTER TABLE ONLY sales.items
    ADD CONSTRAINT items_o_fkey FOREIGN KEY (o) REFERENCES sales.orders(id) ON DELETE CASCADE;


--
-- TOC entry 3379 (class 0 OID 16422)
-- Dependencies: 222 3381
-- Name: seen; Type: MATERIALIZED VIEW DATA; Schema: sales; Owner: postgres
--

REFRESH MATERIALIZED VIEW sales.seen;


-- Completed on 2026-11-25 00:20:43 UTC

--
-- PostgreSQL database dump complete
--

\unrestrict KW9LS8tHJZ9BGkN8ygDBFgjzUJfMxAUdgjgiVfq6p01HrGEAJo0yFJjcAqb4347

