namespace EdgeHost.Wfdb;

/// <summary>
/// How samples are written in a signal file (signal(5) of the WFDB Applications Guide). Of each format the most negative value means "no sample".
/// </summary>
public enum WfdbFormat
{
    /// <summary>No samples: the signal is missing throughout, or stands in a layout.</summary>
    Null = 0,

    /// <summary>16 bits, two's complement, low byte first.</summary>
    Format16 = 16,

    /// <summary>24 bits, two's complement, low byte first.</summary>
    Format24 = 24,

    /// <summary>32 bits, two's complement, low byte first.</summary>
    Format32 = 32,

    /// <summary>16 bits, two's complement, high byte first.</summary>
    Format61 = 61,

    /// <summary>8 bits, offset binary: 128 is 0.</summary>
    Format80 = 80,

    /// <summary>16 bits, offset binary, low byte first: 32768 is 0.</summary>
    Format160 = 160,

    /// <summary>Two samples of 12 bits, two's complement, in three bytes.</summary>
    Format212 = 212,
}
