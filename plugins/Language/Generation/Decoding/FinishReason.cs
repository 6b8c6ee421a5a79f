namespace EdgeHost.Plugins.Language.Generation.Decoding;

/// <summary>Why a text ended.</summary>
internal enum FinishReason
{
    /// <summary>The model ended it, or a stop text came.</summary>
    Stop = 0,

    /// <summary>It had as many tokens as were allowed.</summary>
    Length = 1,
}
