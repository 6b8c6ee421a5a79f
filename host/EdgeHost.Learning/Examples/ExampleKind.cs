namespace EdgeHost.Learning.Examples;

/// <summary>What the examples of a dataset are. The numbers are in the database.</summary>
public enum ExampleKind
{
    /// <summary>The bytes of a picture's file.</summary>
    Image = 0,

    /// <summary>The bytes of a sound's file.</summary>
    Audio = 1,

    /// <summary>Text in UTF-8.</summary>
    Text = 2,

    /// <summary>A vector of little-endian 32-bit floats.</summary>
    Features = 3,

    /// <summary>Somebody did something with something; see <see cref="Interaction"/>.</summary>
    Interaction = 4,
}
