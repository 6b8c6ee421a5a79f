namespace EdgeHost.Plugins.Translation.Training.Texts;

/// <summary>Files of pairs: a line each, two texts with a tab between them.</summary>
internal static class PairFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, UTF-8.</param>
    /// <param name="isReversed">Whether the second text is translated into the first.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a line has no tab.</exception>
    public static List<SentencePair> Read(string path, bool isReversed)
    {
        var pairs = new List<SentencePair>();
        foreach (var line in File.ReadLines(path))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab < 0) throw new EdgeHostException(ErrorCode.InvalidArgument, $"Line {pairs.Count + 1} of '{path}' has no tab; each needs a text, a tab and its translation.");
            var (first, second) = (line[..tab], line[(tab + 1)..]);
            pairs.Add(isReversed ? new SentencePair(second, first) : new SentencePair(first, second));
        }

        return pairs;
    }
}
