namespace EdgeHost.Plugins.Recommendation.Content;

/// <summary>What of an item is turned into a vector. The numbers stand in databases.</summary>
internal enum ContentPart
{
    /// <summary>Title and text.</summary>
    Text = 0,

    /// <summary>The picture.</summary>
    Picture = 1,
}
