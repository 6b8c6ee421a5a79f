using System.Text.Json.Serialization;

namespace EdgeHost.Learning.Preprocessing;

/// <summary>What a step of preprocessing does.</summary>
public enum PreprocessingStepKind
{
    /// <summary>Text to text: lower case, letters and digits with single spaces between words.</summary>
    [JsonStringEnumMemberName("normalise_text")]
    NormaliseText = 0,

    /// <summary>Text to vector: counts of hashed pieces of characters, see <see cref="PreprocessingStep.Minimum"/>, <see cref="PreprocessingStep.Maximum"/> and <see cref="PreprocessingStep.Size"/>.</summary>
    [JsonStringEnumMemberName("hash_characters")]
    HashCharacters = 1,

    /// <summary>Text to vector: counts of hashed sequences of words, likewise.</summary>
    [JsonStringEnumMemberName("hash_words")]
    HashWords = 2,

    /// <summary>Picture to picture: scaled to <see cref="PreprocessingStep.Width"/> × <see cref="PreprocessingStep.Height"/> pixels.</summary>
    [JsonStringEnumMemberName("resize")]
    Resize = 3,

    /// <summary>Picture to vector: its bytes as 0 to 1, in the order that <see cref="PreprocessingStep.Layout"/> says.</summary>
    [JsonStringEnumMemberName("pixels")]
    Pixels = 4,

    /// <summary>Vector to vector: (value − <see cref="PreprocessingStep.Mean"/>) ÷ <see cref="PreprocessingStep.Deviation"/>.</summary>
    [JsonStringEnumMemberName("standardise")]
    Standardise = 5,

    /// <summary>Vector to vector: scaled to length 1; zeros stay.</summary>
    [JsonStringEnumMemberName("unit_length")]
    UnitLength = 6,

    /// <summary>Anything to vector: the output of a model that does not change, <see cref="PreprocessingStep.Model"/>.</summary>
    [JsonStringEnumMemberName("featurise")]
    Featurise = 7,

    /// <summary>Picture to picture: one channel, as light as the colours are.</summary>
    [JsonStringEnumMemberName("grey")]
    Grey = 8,
}
