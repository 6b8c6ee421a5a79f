namespace EdgeHost.Plugins.Language.Embedding;

/// <summary>How one vector is made of those of a text's tokens.</summary>
internal enum PoolingKind
{
    /// <summary>Their mean.</summary>
    Mean = 0,

    /// <summary>The first one.</summary>
    First = 1,

    /// <summary>The last one.</summary>
    Last = 2,
}
