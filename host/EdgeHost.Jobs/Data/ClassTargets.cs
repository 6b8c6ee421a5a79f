using EdgeHost.Jobs.Specs;
using EdgeHost.Training.Data;

namespace EdgeHost.Jobs.Data;

/// <summary>Classes as the loss wants them: numbers of labels, one output that is 0 or 1, or an output for each label.</summary>
internal static class ClassTargets
{
    public static ArrayData AddTo(ArrayData data, JobSpec spec, int[] classes)
    {
        var target = spec.Shape.Target!.Name;
        if (spec.Shape.Loss == "cross_entropy") return data.Add(target, Array.ConvertAll(classes, static place => (long)place));
        var width = (int)spec.Shape.OutputShape.ElementCount;
        if (width == 1) return data.Add(target, Array.ConvertAll(classes, static place => (float)place));
        var values = new float[classes.Length * width];
        for (var i = 0; i < classes.Length; i++) values[(i * width) + classes[i]] = 1;
        return data.Add(target, values);
    }
}
