namespace EdgeHost.Plugins.Speech.Audio.Flac;

/// <summary>How the channels of a frame are joined (RFC 9639, 4.2).</summary>
internal enum StereoMode
{
    Independent,
    LeftSide,
    SideRight,
    MidSide,
}
