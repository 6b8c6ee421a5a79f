namespace VoiceNotes;

/// <summary>A recording, written down.</summary>
/// <param name="File">Its name in the folder.</param>
/// <param name="Stamp">Its length and time when it was heard: another stamp means that it changed.</param>
/// <param name="Segments">What was said.</param>
internal sealed record Note(string File, string Stamp, IReadOnlyList<NoteSegment> Segments);
