// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Spindle.Mutate;

/// <summary>One mutant, as run.py and report.py read it.</summary>
internal sealed record Mutant(
    int Number, string Area, string Project, string File, int Line, string Member, string Kind, string Change, string Code, bool IsStatic)
{
    public static Mutant Of(int number, Area area, string repository, Site site)
    {
        SyntaxNode node = site.Node;
        MemberDeclarationSyntax? member = node.FirstAncestorOrSelf<MemberDeclarationSyntax>(inner => inner is not BaseTypeDeclarationSyntax);
        string type = node.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.Text ?? "";
        return new(
            number,
            area.Name,
            area.Project,
            Path.GetRelativePath(repository, node.SyntaxTree.FilePath),
            node.GetLocation().GetLineSpan().StartLinePosition.Line + 1,
            $"{type}.{NameOf(member)}",
            site.Kind,
            site.Change,
            string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            IsStatic: member is FieldDeclarationSyntax or PropertyDeclarationSyntax { Initializer: not null }
                || (member is ConstructorDeclarationSyntax && member.Modifiers.Any(SyntaxKind.StaticKeyword)));
    }

    private static string NameOf(MemberDeclarationSyntax? member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text + "()",
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        OperatorDeclarationSyntax op => "operator " + op.OperatorToken.Text,
        IndexerDeclarationSyntax => "this[]",
        _ => "",
    };
}
