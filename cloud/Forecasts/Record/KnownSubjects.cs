using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts.Record;

/// <summary>Subjects of a kind that is not of the apiary, as their room gives them.</summary>
/// <param name="Kind">Such as <c>state</c>.</param>
/// <param name="Navigation">Key of the navigation's entry, and address of the page on which each of them has a place of its id.</param>
/// <param name="Subjects">All of them.</param>
internal sealed record SubjectGroup(string Kind, string Navigation, IReadOnlyList<Subject> Subjects);

/// <summary>All that is forecast: the apiary's hives and sites, and what other rooms add.</summary>
internal sealed class KnownSubjects(Apiary apiary, IEnumerable<SubjectGroup> groups)
{
    private readonly Dictionary<string, SubjectGroup> _groups = groups.ToDictionary(g => g.Kind, StringComparer.Ordinal);

    /// <summary>Their kinds, each with routes of its own.</summary>
    public IEnumerable<string> Kinds => [SubjectId.Hive, SubjectId.Site, .. _groups.Keys];

    public IEnumerable<Subject> Of(string kind) =>
        _groups.TryGetValue(kind, out var group) ? group.Subjects : apiary.Subjects.Where(s => s.Key.Kind == kind);

    /// <summary>The subject of an id; null when there is none.</summary>
    public Subject? Find(SubjectId id) =>
        _groups.TryGetValue(id.Kind, out var group) ? group.Subjects.FirstOrDefault(s => s.Key == id) : apiary.Find(id);

    /// <summary>Address of the page that shows a subject.</summary>
    public string PageOf(Subject subject) =>
        _groups.TryGetValue(subject.Key.Kind, out var group)
            ? $"/{group.Navigation}#{subject.Id}"
            : $"/{subject.Key.Kind}s/{subject.Id}";

    /// <summary>Key of the navigation's entry that a kind belongs to.</summary>
    public string NavigationOf(string kind) => _groups.TryGetValue(kind, out var group) ? group.Navigation : "hives";
}
