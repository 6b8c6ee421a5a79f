namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>Two encoders are trained apart, so that they err apart, and are then one.</summary>
internal enum EncoderKind
{
    /// <summary>Both as one: <see cref="JoinedEncoder"/>.</summary>
    Joined,

    /// <summary><see cref="LinearNetwork"/>.</summary>
    Sums,

    /// <summary><see cref="Characters.CharacterNetwork"/>.</summary>
    Characters,
}
