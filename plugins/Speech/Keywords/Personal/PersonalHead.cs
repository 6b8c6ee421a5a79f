using EdgeHost.Plugins.Speech.Keywords.Heads;

namespace EdgeHost.Plugins.Speech.Keywords.Personal;

/// <summary>A keyword that an app taught, in one sound.</summary>
/// <param name="keyword">It.</param>
internal sealed class PersonalHead(PersonalKeyword keyword) : IKeywordHead
{
    private readonly HeadRun _run = new(keyword.Head);

    public string Keyword => keyword.Keyword;

    public int Window => keyword.Head.Window;

    public float Threshold => keyword.Threshold;

    public string Model => $"{keyword.Keyword}@{keyword.Version}";

    public ValueTask<float> ScoreAsync(ReadOnlyMemory<float> vectors, CancellationToken cancellationToken) => new(_run.Score(vectors.Span));

    public void Dispose()
    {
    }
}
