namespace VoiceNotes;

/// <summary>A stretch of speech in a recording.</summary>
/// <param name="StartMs">Where it begins, in milliseconds.</param>
/// <param name="EndMs">Where it ends.</param>
/// <param name="Text">What was said.</param>
internal sealed record NoteSegment(long StartMs, long EndMs, string Text);
