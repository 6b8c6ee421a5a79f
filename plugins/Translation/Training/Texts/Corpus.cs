using System.Security.Cryptography;
using System.Text;

namespace EdgeHost.Plugins.Translation.Training.Texts;

/// <summary>Pairs to learn from, and pairs that are held back to see how well it goes. Immutable.</summary>
/// <param name="Learned">Pairs to learn from; those of a file that counts several times stand there several times.</param>
/// <param name="Held">Pairs held back: their source texts are not among the learned ones.</param>
internal sealed record Corpus(IReadOnlyList<SentencePair> Learned, IReadOnlyList<SentencePair> Held)
{
    private const int HeldOutOf = 100;
    private const int MostHeld = 300;

    /// <summary>Reads files of pairs.</summary>
    /// <param name="files">The files with how often each counts. Pairs are held back of the first only.</param>
    /// <param name="isReversed">Whether the second text of a line is translated into the first.</param>
    /// <param name="without">Pairs of which neither text may occur: those that the result is measured with.</param>
    public static Corpus Read(IReadOnlyList<(string Path, int Times)> files, bool isReversed, IReadOnlyList<SentencePair> without)
    {
        var unwanted = without.SelectMany(pair => new[] { pair.Source, pair.Target }).ToHashSet(StringComparer.Ordinal);
        var learned = new List<SentencePair>();
        var held = new List<SentencePair>();
        var heldTexts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, times) in files)
        {
            var pairs = PairFile.Read(path, isReversed);
            if (held.Count == 0)
            {
                held.AddRange(pairs.Where(pair => IsHeld(pair.Source)).DistinctBy(pair => pair.Source).OrderBy(pair => Number(pair.Source)).Take(MostHeld));
                foreach (var pair in held)
                {
                    heldTexts.Add(pair.Source);
                    heldTexts.Add(pair.Target);
                }
            }

            var kept = pairs.Where(pair => !unwanted.Contains(pair.Source) && !unwanted.Contains(pair.Target) && !heldTexts.Contains(pair.Source) && !heldTexts.Contains(pair.Target)).ToList();
            for (var i = 0; i < times; i++) learned.AddRange(kept);
        }

        return new Corpus(learned, held);
    }

    private static bool IsHeld(string text) => Number(text) % HeldOutOf == 0;

    private static uint Number(string text) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
