/**
 * What passwords of Indonesian offices are commonly made of, lower case: words for passwords, the trade, places, pious
 * and affectionate words, months and days, football, and what the lists of leaked passwords have in all countries.
 */
export const commonPasswordWords: readonly string[] = `
password passwort passw0rd pass pwd sandi katasandi kata rahasia secret kunci login masuk welcome selamat datang
admin administrator root user pengguna petugas operator supervisor penyelia pegawai staf staff loket counter kantor office dinas kelurahan kecamatan kapanewon
dukcapil disdukcapil ikd ktp ektp nik siak kependudukan penduduk capil catatan sipil pelayanan layanan identitas digital
indonesia merdeka garuda pancasila nusantara republik negara bangsa
jakarta bandung surabaya medan madiun bantul yogyakarta jogja semarang makassar palembang malang solo bali denpasar jawa timur barat tengah sumatera
bismillah alhamdulillah allah allahu akbar muhammad subhanallah insyaallah assalamualaikum islam yesus jesus kristus tuhan
sayang cinta kamu aku kita cantik ganteng manis bunda ayah mama papa ibu bapak anak keluarga bahagia doraemon naruto
januari februari maret april mei juni juli agustus september oktober november desember senin selasa rabu kamis jumat sabtu minggu
persib persija arema persebaya bola juara liverpool manchester chelsea arsenal barcelona madrid
qwerty asdf zxcv letmein iloveyou monkey dragon sunshine princess football baseball superman batman shadow master michael charlie
test testing coba default changeme ganti baru temp guest tamu demo contoh sample
satu dua tiga empat lima enam tujuh delapan sembilan sepuluh one two three
google facebook samsung android windows internet komputer laptop
`
  .trim()
  .split(/\s+/)
