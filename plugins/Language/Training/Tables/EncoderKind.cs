namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>The encoders that are trained apart, so that they err apart.</summary>
internal enum EncoderKind
{
    /// <summary><see cref="TableNetwork"/>.</summary>
    Vectors,

    /// <summary><see cref="LinearNetwork"/>.</summary>
    Sums,

    /// <summary><see cref="Characters.CharacterNetwork"/>.</summary>
    Characters,
}
