using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Pictures;

/// <summary>Limits of decoding the pictures that models learn from. Read once, with the first picture.</summary>
public sealed class PictureOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Pictures";

    /// <summary>The most bytes of a picture's file; 1 KiB to 1 GiB, by default 32 MiB.</summary>
    [Range(1 << 10, 1 << 30)]
    public int MaxFileBytes { get; set; } = 32 << 20;

    /// <summary>The longest side of a picture in pixels, as its file says; 1 to 65,535, by default 16,384.</summary>
    [Range(1, 65_535)]
    public int MaxSide { get; set; } = 16_384;

    /// <summary>The most pixels of a picture, as its file says; 1 to 500,000,000, by default 50,000,000.</summary>
    [Range(1, 500_000_000)]
    public int MaxPixels { get; set; } = 50_000_000;

    /// <summary>The most bytes that the pixels of one picture take while it is decoded, 7 for each; 64 KiB to 8 GiB, by default 256 MiB. A large JPEG that a step makes smaller anyway is decoded at a fraction of its size and needs less.</summary>
    [Range(64L << 10, 8L << 30)]
    public long MaxMemoryBytes { get; set; } = 256L << 20;

    /// <summary>Pictures that are decoded at the same time; 1 to 64, by default 2. Further ones wait in order of arrival.</summary>
    [Range(1, 64)]
    public int MaxConcurrentDecodes { get; set; } = 2;
}
