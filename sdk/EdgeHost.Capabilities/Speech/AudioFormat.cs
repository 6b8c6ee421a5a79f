namespace EdgeHost.Capabilities.Speech;

/// <summary>What the bytes of a sound are.</summary>
public enum AudioFormat
{
    /// <summary>A file: WAV or FLAC, told apart by its first bytes.</summary>
    Auto = 0,

    /// <summary>A WAV file (RIFF or RF64): integers of 8, 16, 24 or 32 bits, or floats of 32 or 64.</summary>
    Wav = 1,

    /// <summary>A FLAC file.</summary>
    Flac = 2,

    /// <summary>Raw signed 16-bit integers, little-endian.</summary>
    S16le = 3,

    /// <summary>Raw signed 24-bit integers, little-endian.</summary>
    S24le = 4,

    /// <summary>Raw signed 32-bit integers, little-endian.</summary>
    S32le = 5,

    /// <summary>Raw 32-bit floats from -1 to 1, little-endian.</summary>
    F32le = 6,

    /// <summary>Raw unsigned 8-bit integers.</summary>
    U8 = 7,
}
