using EdgeHost.Plugins.Speech.Keywords.Heads;

namespace EdgeHost.Plugins.Speech.Tests.Keywords;

/// <summary>A keyword whose scores are kept.</summary>
internal sealed class NotedHead(IKeywordHead head) : IKeywordHead
{
    public List<float> Scores { get; } = [];

    public string Keyword => head.Keyword;

    public int Window => head.Window;

    public float Threshold => head.Threshold;

    public string Model => head.Model;

    public async ValueTask<float> ScoreAsync(ReadOnlyMemory<float> vectors, CancellationToken cancellationToken)
    {
        Scores.Add(await head.ScoreAsync(vectors, cancellationToken));
        return Scores[^1];
    }

    public void Dispose() => head.Dispose();
}
