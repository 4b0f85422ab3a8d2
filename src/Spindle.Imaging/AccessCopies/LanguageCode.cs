// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.AccessCopies;

/// <summary>Languages by three letters (ISO 639-2), as MP4 and Matroska want them; DVDs have two (ISO 639-1, with what it called some before 1989), Blu-ray Discs three.</summary>
internal static class LanguageCode
{
    /// <summary>By two letters, the terminological code.</summary>
    private const string Table = """
        aa aar ab abk ae ave af afr ak aka am amh an arg ar ara as asm av ava ay aym az aze ba bak be bel bg bul
        bh bih bi bis bm bam bn ben bo bod br bre bs bos ca cat ce che ch cha co cos cr cre cs ces cu chu cv chv
        cy cym da dan de deu dv div dz dzo ee ewe el ell en eng eo epo es spa et est eu eus fa fas ff ful fi fin
        fj fij fo fao fr fra fy fry ga gle gd gla gl glg gn grn gu guj gv glv ha hau he heb hi hin ho hmo hr hrv
        ht hat hu hun hy hye hz her ia ina id ind ie ile ig ibo ii iii ik ipk in ind io ido is isl it ita iu iku
        iw heb ja jpn ji yid jv jav jw jav ka kat kg kon ki kik kj kua kk kaz kl kal km khm kn kan ko kor kr kau
        ks kas ku kur kv kom kw cor ky kir la lat lb ltz lg lug li lim ln lin lo lao lt lit lu lub lv lav mg mlg
        mh mah mi mri mk mkd ml mal mn mon mo ron mr mar ms msa mt mlt my mya na nau nb nob nd nde ne nep ng ndo
        nl nld nn nno no nor nr nbl nv nav ny nya oc oci oj oji om orm or ori os oss pa pan pi pli pl pol ps pus
        pt por qu que rm roh rn run ro ron ru rus rw kin sa san sc srd sd snd se sme sg sag sh hbs si sin sk slk
        sl slv sm smo sn sna so som sq sqi sr srp ss ssw st sot su sun sv swe sw swa ta tam te tel tg tgk th tha
        ti tir tk tuk tl tgl tn tsn to ton tr tur ts tso tt tat tw twi ty tah ug uig uk ukr ur urd uz uzb ve ven
        vi vie vo vol wa wln wo wol xh xho yi yid yo yor za zha zh zho zu zul
        """;

    /// <summary>Terminological and bibliographic codes, where they differ.</summary>
    private const string Bibliographic = "bod tib ces cze cym wel deu ger ell gre eus baq fas per fra fre hye arm isl ice kat geo mkd mac mri mao msa may mya bur nld dut ron rum slk slo sqi alb zho chi";

    private static readonly Dictionary<string, string> ByTwoLetters = Pairs(Table);

    private static readonly Dictionary<string, string> ByTerminological = Pairs(Bibliographic);

    private static readonly Dictionary<string, string> ByBibliographic = ByTerminological.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>Finds the code of three letters.</summary>
    /// <param name="letters">ISO 639-1 or 639-2; null where no language is told.</param>
    /// <param name="isBibliographic">Whether the bibliographic code is wanted (Matroska), or the terminological one (MP4).</param>
    /// <returns><c>und</c> where there is none.</returns>
    public static string Of(string? letters, bool isBibliographic)
    {
        string? code = letters is { Length: 3 } ? ByBibliographic.GetValueOrDefault(letters, letters) : ByTwoLetters.GetValueOrDefault(letters ?? "");
        return code is null ? "und" : isBibliographic ? ByTerminological.GetValueOrDefault(code, code) : code;
    }

    private static Dictionary<string, string> Pairs(string text) => text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
}
