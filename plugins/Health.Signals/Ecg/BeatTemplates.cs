namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>
/// The shapes that beats of this signal come in, learnt as they come: a beat joins the template that it is most alike, or begins a new one in
/// place of the one that was used least of late. The usual shape is the one of most beats; among shapes that are about as frequent, the narrower.
/// </summary>
internal sealed class BeatTemplates
{
    private const int Most = 12;
    private const double Alike = 0.9;
    private const double Learning = 0.08;

    // Three beats, a little forgotten.
    private const double Several = 2.8;

    // A template forgets within some hundred beats, so that an electrode that moves makes a new usual shape.
    private const double Forget = 0.995;

    private readonly List<Template> _templates = [];

    /// <summary>The usual shape, or null before the first beat.</summary>
    public Template? Usual
    {
        get
        {
            if (_templates.Count == 0) return null;
            var most = _templates.Max(template => template.Weight);
            return _templates.Where(template => template.Weight >= 0.4 * most).MinBy(template => template.WidthSeconds);
        }
    }

    /// <summary>All shapes.</summary>
    public IReadOnlyList<Template> All => _templates;

    /// <summary>The weight of the shape of most beats.</summary>
    public double MostWeight => _templates.Count == 0 ? 0 : _templates.Max(template => template.Weight);

    /// <summary>Whether several beats had about this shape.</summary>
    public bool Repeats(BeatShape shape)
    {
        foreach (var template in _templates)
        {
            if (template.Weight >= Several && shape.Compare(template.Points).Correlation >= Alike) return true;
        }

        return false;
    }

    public void Add(BeatShape shape)
    {
        Template? best = null;
        var (correlation, shift) = (-1.0, 0);
        foreach (var template in _templates)
        {
            template.Weight *= Forget;
            var (c, s) = shape.Compare(template.Points);
            if (c > correlation) (best, correlation, shift) = (template, c, s);
        }

        if (best is null || correlation < Alike)
        {
            if (_templates.Count == Most) _templates.Remove(_templates.MinBy(template => template.Weight)!);
            _templates.Add(new Template(shape));
            return;
        }

        best.Learn(shape, shift, Math.Max(Learning, 1 / (1 + best.Weight)));
    }

    internal sealed class Template
    {
        private readonly float[] _points;

        public Template(BeatShape shape)
        {
            _points = shape.Centred.ToArray();
            (Weight, WidthSeconds, Height) = (1, shape.WidthSeconds, Math.Abs(shape.Height));
        }

        public ReadOnlySpan<float> Points => _points;

        /// <summary>Beats of this shape, the older the less.</summary>
        public double Weight { get; set; }

        public double WidthSeconds { get; private set; }

        public double Height { get; private set; }

        public void Learn(BeatShape shape, int shift, double rate)
        {
            var points = shape.At(shift);
            for (var i = 0; i < _points.Length; i++) _points[i] += (float)rate * (points[i] - _points[i]);
            WidthSeconds += rate * (shape.WidthSeconds - WidthSeconds);
            Height += rate * (Math.Abs(shape.Height) - Height);
            Weight++;
        }
    }
}
