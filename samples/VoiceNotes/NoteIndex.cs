using System.Text.Json;

namespace VoiceNotes;

/// <summary>All notes of a folder, in a file in it. Not thread-safe.</summary>
internal sealed class NoteIndex
{
    private const string FileName = ".voice-notes.json";
    private readonly string _path;
    private readonly Dictionary<string, Note> _notes;

    private NoteIndex(string path, Dictionary<string, Note> notes) => (_path, _notes) = (path, notes);

    public static NoteIndex Open(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var notes = File.Exists(path) ? JsonSerializer.Deserialize<List<Note>>(File.ReadAllText(path))! : [];
        return new NoteIndex(path, notes.ToDictionary(note => note.File, StringComparer.Ordinal));
    }

    /// <summary>Whether a file was heard as it is now.</summary>
    public bool Knows(string file, string stamp) => _notes.TryGetValue(file, out var note) && note.Stamp == stamp;

    /// <summary>Keeps a note, on the disk too: whatever happens next, it need not be heard again.</summary>
    public void Keep(Note note)
    {
        _notes[note.File] = note;
        Write();
    }

    /// <summary>Forgets files that are gone.</summary>
    public void KeepOnly(IReadOnlySet<string> files)
    {
        var gone = _notes.Keys.Where(file => !files.Contains(file)).ToList();
        if (gone.Count == 0) return;
        foreach (var file in gone) _notes.Remove(file);
        Write();
    }

    /// <summary>Where all of the words were said, whatever their case.</summary>
    public IReadOnlyList<(Note Note, NoteSegment Segment)> Search(IReadOnlyList<string> words) =>
    [
        .. from note in _notes.Values.OrderBy(note => note.File, StringComparer.Ordinal)
           from segment in note.Segments
           where words.All(word => segment.Text.Contains(word, StringComparison.CurrentCultureIgnoreCase))
           select (note, segment),
    ];

    private void Write()
    {
        File.WriteAllText(_path + ".new", JsonSerializer.Serialize(_notes.Values.OrderBy(note => note.File, StringComparer.Ordinal)));
        File.Move(_path + ".new", _path, overwrite: true);
    }
}
