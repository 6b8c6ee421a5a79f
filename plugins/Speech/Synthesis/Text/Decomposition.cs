using System.Collections.Frozen;

namespace EdgeHost.Plugins.Speech.Synthesis.Text;

/// <summary>
/// Letters of Latin writing taken apart into letter and mark, as Unicode's canonical decomposition has them. The framework does it only with its library for cultures, which a host
/// runs without. No state.
/// </summary>
internal static class Decomposition
{
    // A mark, then pairs of a composed letter and its base.
    private static readonly string[] Table =
    [
        "\u0300ÀAÈEÌIÒOÙUàaèeìiòoùuǸNǹnẀWẁwỲYỳy",
        "\u0301ÁAÉEÍIÓOÚUÝYáaéeíióoúuýyĆCćcĹLĺlŃNńnŔRŕrŚSśsŹZźzǴGǵgḰKḱkḾMḿmṔPṕpẂWẃw",
        "\u0302ÂAÊEÎIÔOÛUâaêeîiôoûuĈCĉcĜGĝgĤHĥhĴJĵjŜSŝsŴWŵwŶYŷy",
        "\u0303ÃAÑNÕOãañnõoĨIĩiŨUũuẼEẽeỸYỹyṼVṽv",
        "\u0304ĀAāaĒEēeĪIīiŌOōoŪUūuȲYȳyḠGḡg",
        "\u0306ĂAăaĔEĕeĞGğgĬIĭiŎOŏoŬUŭu",
        "\u0307ĊCċcĖEėeĠGġgİIŻZżzȦAȧaḂBḃbḊDḋdṀMṁmṄNṅnṘRṙrṠSṡs",
        "\u0308ÄAËEÏIÖOÜUäaëeïiöoüuÿyŸYẄWẅwẌXẍx",
        "\u030aÅAåaŮUůu",
        "\u030bŐOőoŰUűu",
        "\u030cČCčcĎDďdĚEěeĽLľlŇNňnŘRřrŠSšsŤTťtŽZžzǍAǎaǏIǐiǑOǒoǓUǔuǦGǧg",
        "\u0323ẠAạaẸEẹeỊIịiỌOọoỤUụuḌDḍdḤHḥhḶLḷlṂMṃmṆNṇnṚRṛrṢSṣsṬTṭt",
        "\u0327ÇCçcĢGģgĶKķkĻLļlŅNņnŖRŗrŞSşsŢTţt",
        "\u0328ĄAąaĘEęeĮIįiŲUųuǪOǫo",
    ];

    private static readonly FrozenDictionary<int, string> Parts = Table
        .SelectMany(static row => row[1..].Chunk(2).Select(pair => ((int)pair[0], $"{pair[1]}{row[0]}")))
        .ToFrozenDictionary(static entry => entry.Item1, static entry => entry.Item2);

    /// <summary>A character taken apart, or as it is.</summary>
    /// <param name="codePoint">A valid code point.</param>
    public static string Of(int codePoint) => Parts.TryGetValue(codePoint, out var parts) ? parts : char.ConvertFromUtf32(codePoint);
}
