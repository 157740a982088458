; "Open with GEDI Dataset Studio" for folders, as a project is a folder. SHCTX is the person or the machine, as was chosen.
!macro customInstall
  WriteRegStr SHCTX "Software\Classes\Directory\shell\GediDatasetStudio" "" "Open with GEDI Dataset Studio"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\GediDatasetStudio" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\GediDatasetStudio\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\Directory\shell\GediDatasetStudio"
!macroend
