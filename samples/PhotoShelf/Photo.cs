namespace PhotoShelf;

/// <summary>A photo and what is in it.</summary>
/// <param name="File">Its path in the folder, with slashes.</param>
/// <param name="Stamp">Its length and time when it was looked at: another stamp means that it changed.</param>
/// <param name="Width">Pixels across, upright.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Text">What can be read in it.</param>
/// <param name="Things">What was found where.</param>
/// <param name="Scenes">What kind of place it shows, the surest first; empty if nobody can tell.</param>
/// <param name="People">How many people are in it.</param>
internal sealed record Photo(string File, string Stamp, int Width, int Height, string Text, IReadOnlyList<Thing> Things, IReadOnlyList<string> Scenes, int People);
