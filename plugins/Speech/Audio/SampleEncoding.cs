namespace EdgeHost.Plugins.Speech.Audio;

/// <summary>How one sample is written; all little-endian.</summary>
internal enum SampleEncoding
{
    U8,
    S16,
    S24,
    S32,
    F32,
    F64,
}
