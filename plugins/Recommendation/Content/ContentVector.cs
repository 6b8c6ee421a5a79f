namespace EdgeHost.Plugins.Recommendation.Content;

/// <summary>What became of a part of an item.</summary>
/// <param name="Item">The item.</param>
/// <param name="Part">The part.</param>
/// <param name="Source">Which text or picture it was made of, as <see cref="ContentSource"/>.</param>
/// <param name="Model">The model that made it, as id@version; null where none can be made.</param>
/// <param name="Values">The vector.</param>
internal sealed record ContentVector(string Item, ContentPart Part, byte[] Source, string? Model, float[] Values);
