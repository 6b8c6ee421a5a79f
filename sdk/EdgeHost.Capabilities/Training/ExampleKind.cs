namespace EdgeHost.Capabilities.Training;

/// <summary>What the examples of a dataset are.</summary>
public enum ExampleKind
{
    /// <summary>Pictures: the bytes of their files in <see cref="Example.Data"/>.</summary>
    Image = 0,

    /// <summary>Sounds: the bytes of their files in <see cref="Example.Data"/>.</summary>
    Audio = 1,

    /// <summary><see cref="Example.Text"/>.</summary>
    Text = 2,

    /// <summary>Vectors: <see cref="Example.Features"/>, or little-endian 32-bit floats in <see cref="Example.Data"/>.</summary>
    Features = 3,

    /// <summary>Somebody did something with something: <see cref="Example.User"/>, <see cref="Example.Item"/>, <see cref="Example.Weight"/>, <see cref="Example.TimeMs"/>.</summary>
    Interaction = 4,
}
