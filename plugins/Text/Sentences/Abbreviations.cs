using System.Collections.Frozen;

namespace EdgeHost.Plugins.Text.Sentences;

/// <summary>Words whose full stop does not end a sentence. No state.</summary>
internal static class Abbreviations
{
    // Something always follows these.
    private static readonly FrozenSet<string> Leading = Set(
        "adj adm assoc capt cf col cmdr corp dept dr ed eds e.g eg fig figs fr gen gov hon i.e ie jr lt maj messrs mlle mme mr mrs ms mt mx nr op pp prof pres rep rev sen sgt sr st supt vol vs " +
        "bspw bzw ca dipl evtl ggf hr inkl ing d.h o.ä s.o s.u u.a u.u vgl z.b z.t zzgl " +
        "av bd ch env p.ex m mgr sra sres srta dña sig sig.ra dott avv");

    // These stand at the end of a sentence as well.
    private static readonly FrozenSet<string> Closing = Set("a.m p.m approx apt ave blvd bros co dec est etc ext feb inc jan ltd min max misc no nov oct plc sept temp univ u.s u.k usw usf etw jh std");

    /// <summary>Whether a full stop after a word belongs to the word.</summary>
    /// <param name="word">What stands before the full stop, up to white space or an opening mark.</param>
    /// <param name="next">What stands after the white space that follows.</param>
    public static bool KeepsStop(ReadOnlySpan<char> word, char next)
    {
        if (word.IsEmpty || word.Length > 12) return false;

        // An initial: "J. R. Hobbs". "I" is a word.
        if (word.Length == 1 && char.IsUpper(word[0]) && word[0] != 'I') return char.IsLetter(next);
        Span<char> lower = stackalloc char[word.Length];
        word.ToLowerInvariant(lower);
        if (Leading.GetAlternateLookup<ReadOnlySpan<char>>().Contains(lower)) return true;
        return Closing.GetAlternateLookup<ReadOnlySpan<char>>().Contains(lower) && !char.IsUpper(next);
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
