namespace EdgeHost.PluginSdk;

/// <summary>What the input of an answer is.</summary>
public enum AnswerInputKind
{
    /// <summary>The bytes of a picture's file.</summary>
    Image = 0,

    /// <summary>The bytes of a sound's file.</summary>
    Audio = 1,

    /// <summary>Text in UTF-8.</summary>
    Text = 2,

    /// <summary>Little-endian 32-bit floats.</summary>
    Features = 3,
}
