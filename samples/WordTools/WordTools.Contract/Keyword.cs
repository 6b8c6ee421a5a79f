using EdgeHost.Serialization;

namespace WordTools.Contract;

/// <summary>A word or phrase of a text.</summary>
/// <param name="Text">The phrase in lower case.</param>
/// <param name="Score">Its weight: the sum of its words' weights; comparable within one text only.</param>
/// <param name="Occurrences">How often it occurs.</param>
[WireMessage]
public sealed partial record Keyword(string Text, double Score, int Occurrences);
