namespace EdgeHost.Plugins.Recommendation.Content;

/// <summary>What hinders vectors from being made, and since when. Thread-safe.</summary>
internal sealed class ContentState
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ContentPart, string> _problems = [];

    /// <summary>What hinders, for people; empty if nothing does.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_gate) return [.. _problems.OrderBy(static problem => problem.Key).Select(static problem => problem.Value)];
        }
    }

    /// <summary>A part cannot be made at present.</summary>
    public void Report(ContentPart part, string problem)
    {
        lock (_gate) _problems[part] = problem;
    }

    /// <summary>A part can be made.</summary>
    public void Clear(ContentPart part)
    {
        lock (_gate) _problems.Remove(part);
    }
}
