namespace ReadNext;

/// <summary>An article of a feed.</summary>
/// <param name="Id">Its address, or whatever the feed calls it by.</param>
/// <param name="Title">The title.</param>
/// <param name="Text">The summary.</param>
/// <param name="Tags">The categories.</param>
internal sealed record Article(string Id, string Title, string Text, IReadOnlyList<string> Tags);
